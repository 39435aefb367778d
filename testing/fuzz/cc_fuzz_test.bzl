"""A fuzz target that is an ordinary test as well."""

def cc_fuzz_test(name, srcs = None, deps = [], dictionary = None, data = [], tags = [], **kwargs):
    """A program around `LLVMFuzzerTestOneInput(const uint8_t*, size_t)`.

    Under --config=fuzz it is a libFuzzer program, run by tools/fuzz. Otherwise it is a test that replays
    the files below `corpus/<name>/` (what has been found to reach new code) and `crashers/<name>/` (what
    once failed) beside the BUILD file. Either folder may be missing.

    Args:
      name: of the target, by convention `<what>_fuzzer`.
      srcs: `<name>.cc` by default.
      deps: of the sources.
      dictionary: a file of tokens in libFuzzer's format; becomes `<name>.dict` beside the program.
      data: further files that the target reads.
      tags: further tags.
      **kwargs: as for cc_test.
    """
    folders = ["corpus/" + name, "crashers/" + name]
    data = data + native.glob([folder + "/**" for folder in folders])
    if dictionary:
        native.genrule(
            name = name + "_dict",
            testonly = True,
            srcs = [dictionary],
            outs = [name + ".dict"],
            cmd = "cp $< $@",
        )
        data = data + [name + ".dict"]
    package = native.package_name()
    native.cc_test(
        name = name,
        size = kwargs.pop("size", "small"),
        srcs = srcs or [name + ".cc"],
        args = ["%s/%s" % (package, folder) for folder in folders],
        data = data,
        linkopts = select({
            "//testing/fuzz:fuzzing": ["-fsanitize=fuzzer"],
            "//conditions:default": [],
        }),
        tags = tags + ["fuzz"],
        deps = deps + select({
            "//testing/fuzz:fuzzing": ["//testing/fuzz:asan_options"],
            "//conditions:default": ["//testing/fuzz:replay_main"],
        }),
        **kwargs
    )
