// Helpers of static-site generators.

#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"

namespace ruff {
namespace {

constexpr std::string_view kRenderErrors =
    "ssg_render_pages() requires an array of source page strings\n"
    "ssg_render_pages() source page at index I must be a string";
constexpr std::string_view kPathErrors =
    "ssg_build_output_paths() output_dir must be a string\n"
    "ssg_build_output_paths() file_count must be an integer\n"
    "ssg_build_output_paths() file_count must be >= 0, got N\n"
    "ssg_build_output_paths() optional extension must be a string\n"
    "ssg_build_output_paths() result exceeds maximum size";
constexpr uint64_t kPathBytes = 64;  // of a path and its place in the array, at least

void PutOwned(Dict* d, std::string_view key, Value owned) {
  String* name = InternString(key);
  DictSet(d, Value::Heap(name), owned);
  ReleaseObject(name);
}

Value RenderPages(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) {
    return context.Fail("ssg_render_pages() requires an array of source page strings");
  }
  const auto* sources = args[0].As<Array>();
  for (uint64_t i = 0; i < sources->size; ++i) {
    if (!ArrayGet(sources, i).IsString()) {
      return context.Fail(
          absl::StrCat("ssg_render_pages() source page at index ", i, " must be a string"));
    }
  }
  Array* pages = NewArray(sources->size, Array::kValues);
  int64_t checksum = 0;
  for (uint64_t i = 0; i < sources->size; ++i) {
    const std::string page = absl::StrCat("<html><body><h1>Post ", i, "</h1><article>",
                                          TextOf(sources->values[i]), "</article></body></html>");
    checksum += static_cast<int64_t>(page.size());
    ArrayPush(pages, NewText(page));
  }
  Dict* result = NewDict(2);
  PutOwned(result, "checksum", Value::Int(checksum));
  PutOwned(result, "pages", Value::Heap(pages));
  return Value::Heap(result);
}

Value BuildOutputPaths(NativeContext& context, Value* args, uint32_t count) {
  const auto fail = [&](std::string_view what) {
    return context.Fail(absl::StrCat("ssg_build_output_paths() ", what));
  };
  if (!args[0].IsString()) return fail("output_dir must be a string");
  if (!args[1].IsInt()) return fail("file_count must be an integer");
  if (args[1].i < 0) return fail(absl::StrCat("file_count must be >= 0, got ", args[1].i));
  if (count == 3 && !args[2].IsString()) return fail("optional extension must be a string");
  const auto files = static_cast<uint64_t>(args[1].i);
  const std::string_view directory = TextOf(args[0]);
  const std::string_view extension = count == 3 ? TextOf(args[2]) : ".html";
  if (!CanMakeArray(files, kPathBytes + directory.size() + extension.size())) {
    return FailTooLarge(context, "ssg_build_output_paths");
  }
  Array* paths = NewArray(files, Array::kValues);
  for (uint64_t i = 0; i < files; ++i) {
    ArrayPush(paths, NewText(absl::StrCat(directory, "/post_", i, extension)));
  }
  return Value::Heap(paths);
}

constexpr NativeFunction kTable[] = {
    {.name = "ssg_render_pages",
     .min_args = 1,
     .max_args = 1,
     .body = RenderPages,
     .signature = "ssg_render_pages(sources: array) -> dict",
     .doc = "Wraps each source in a page: `pages`, and `checksum`, the bytes of all pages.",
     .example = "print(ssg_render_pages([\"a\"])[\"checksum\"]) => 61",
     .errors = kRenderErrors,
     .arity_error = "ssg_render_pages() expects 1 argument (array of source pages), got {}"},
    {.name = "ssg_build_output_paths",
     .min_args = 2,
     .max_args = 3,
     .body = BuildOutputPaths,
     .signature = "ssg_build_output_paths(output_dir: string, file_count: int, extension: string = "
                  "\".html\") -> array",
     .doc = "The paths `output_dir/post_I` with the extension, for I from 0.",
     .example = "print(ssg_build_output_paths(\"out\", 2)) => [out/post_0.html, out/post_1.html]",
     .errors = kPathErrors,
     .arity_error = "ssg_build_output_paths() expects 2 or 3 arguments (output_dir, file_count, "
                    "optional extension), got {}"},
};

}  // namespace

absl::Span<const NativeFunction> SiteBuiltins() { return kTable; }

}  // namespace ruff
