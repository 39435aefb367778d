"""A program of Google Benchmark that every test run tries."""

def cc_benchmark(name, deps):
    """A program of measurements and, so that it works when it is wanted, a test that runs each once.

    Args:
      name: of the program; its source is `<name>.cc`.
      deps: of the source; `main` comes with it.
    """
    native.cc_binary(
        name = name,
        testonly = True,
        srcs = [name + ".cc"],
        tags = ["manual"],
        deps = deps + ["@com_github_google_benchmark//:benchmark_main"],
    )
    native.sh_test(
        name = name + "_test",
        srcs = ["//testing/bench:one_round.sh"],
        args = ["$(rootpath :%s)" % name],
        data = [":" + name],
        tags = ["benchmark"],
    )
