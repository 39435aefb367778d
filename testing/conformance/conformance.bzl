"""Test targets of the conformance areas."""

# Each area is run once in every one of these configurations: name suffix, options of `ruff run`.
_CONFIGURATIONS = [
    ("", []),
    ("_switch", ["--dispatch=switch"]),
]

def conformance_area(area, shards = 2):
    """Tests the cases of the folder `area`: `<area>_test` and `<area>_switch_test`.

    Args:
      area: the folder.
      shards: in how many parts the cases are run.
    """
    for suffix, flags in _CONFIGURATIONS:
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
