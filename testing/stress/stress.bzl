"""Test targets of generated programs."""

def stress_test(name, args, **kwargs):
    """Runs stress.cc with `args` and the real binary."""
    native.cc_test(
        name = name,
        args = ["--binary=$(rootpath //ruff:cli)"] + args,
        data = ["//ruff:cli"],
        deps = [":stress_main"],
        **kwargs
    )
