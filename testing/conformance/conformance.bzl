"""Test targets of the conformance areas."""

# An area of programs is run once in every one of these configurations: name suffix, options of `ruff run`.
# Scripts call ruff as they like and are run once.
PLAIN = ("", [])
SWITCH = ("_switch", ["--dispatch=switch"])

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
