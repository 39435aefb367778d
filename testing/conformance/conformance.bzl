"""Test targets of the conformance areas."""

# An area of programs is run once in every one of these configurations: name suffix, options of `ruff run`.
# Scripts call ruff as they like and are run once.
PLAIN = ("", [])
SWITCH = ("_switch", ["--dispatch=switch"])
UNOPTIMIZED = ("_unoptimized", ["--no-optimize"])

def simulated_area(area, name, seeds, shards = 2, tags = []):
    """Tests the cases of the folder `area` in simulated worlds.

    Args:
      area: the folder.
      name: of the test.
      seeds: every case is run with the seeds 1 ... seeds.
      shards: in how many parts the cases are run.
      tags: of the test.
    """
    native.cc_test(
        name = name,
        args = [
            "--area=%s/%s" % (native.package_name(), area),
            "--binary=$(rootpath //ruff:cli)",
            "--seeds=%d" % seeds,
        ],
        data = ["//ruff:cli"] + native.glob([area + "/**"]),
        shard_count = shards,
        tags = tags,
        timeout = "eternal" if seeds > 100 else "moderate",
        deps = [":runner"],
    )

def conformance_area(area, shards = 2, configurations = [PLAIN, SWITCH]):
    """Tests the cases of the folder `area`: `<area>_test` and `<area>_switch_test`.

    Args:
      area: the folder.
      shards: in how many parts the cases are run.
      configurations: what the cases are run with.
    """
    for suffix, flags in configurations:
        native.cc_test(
            name = area + suffix + "_test",
            args = [
                "--area=%s/%s" % (native.package_name(), area),
                "--binary=$(rootpath //ruff:cli)",
            ] + ["--ruff_flag=" + flag for flag in flags],
            data = ["//ruff:cli"] + native.glob([area + "/**"]),
            shard_count = shards,
            deps = [":runner"],
        )
