// Static pages: rendered and written in one go, off the loop.

#include <stdlib.h>
#include <time.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ruff/async/builtins/batch.h"
#include "ruff/async/builtins/families.h"
#include "ruff/async/builtins/file_io.h"
#include "ruff/async/builtins/limit.h"
#include "ruff/async/builtins/string_list.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/dict_member.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr std::string_view kSuffix = "</article></body></html>";
constexpr char kProfileVariable[] = "RUFF_BENCH_SSG_PROFILE_ASYNC";

int64_t NowNs() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

bool IsProfiling() {
  const char* value = getenv(kProfileVariable);
  if (value == nullptr) return false;
  const std::string_view text = value;
  return !text.empty() && text != "0" && text != "false" && text != "off" && text != "no";
}

std::string Failure(std::string_view verb, std::string_view path, uint32_t index,
                    const FailureText& error) {
  return absl::StrCat("Failed to ", verb, " file '", path, "' (index ", index, "): ", error);
}

// Pages from bodies (an array of strings, kept), or from the files of that name.
class Pages final : public Batch {
 public:
  Pages(Value sources, std::string_view directory, bool reads)
      : sources_(Ref::Share(sources)),
        directory_(directory),
        reads_(reads),
        profiles_(reads && IsProfiling()) {}

  std::string_view name() const override { return "pages"; }

  std::string RunOne(uint32_t i) override {
    const std::string_view source = TextOf(sources_.As<Array>()->values[i]);
    std::string content;
    std::string_view body = source;
    const int64_t begin = profiles_ ? NowNs() : 0;
    if (reads_) {
      if (const FailureText error = ReadWholeFile(std::string(source), &content); !error.empty()) {
        return Failure("read", source, i, error);
      }
      body = content;
    }
    const int64_t middle = profiles_ ? NowNs() : 0;
    const std::string prefix = absl::StrCat("<html><body><h1>Post ", i, "</h1><article>");
    const std::string path = absl::StrCat(directory_, "/post_", i, ".html");
    const std::string_view parts[] = {prefix, body, kSuffix};
    if (const FailureText error = WriteWholeFile(path, parts, 3); !error.empty()) {
      return Failure("write", path, i, error);
    }
    written_ += static_cast<int64_t>(prefix.size() + body.size() + kSuffix.size());
    if (profiles_) {
      read_ns_ += middle - begin;
      write_ns_ += NowNs() - middle;
    }
    return std::string();
  }

  Value Result() override {
    Dict* dict = NewDict(4);
    PutMember(dict, "checksum", Value::Int(written_));
    PutMember(dict, "files", Value::Int(static_cast<int64_t>(sources_.As<Array>()->size)));
    if (reads_) {
      PutMember(dict, "read_ms", Value::Float(static_cast<double>(read_ns_) / 1e6));
      PutMember(dict, "render_write_ms", Value::Float(static_cast<double>(write_ns_) / 1e6));
    }
    return Value::Heap(dict);
  }

 private:
  const Ref sources_;
  const std::string directory_;
  const bool reads_;
  const bool profiles_;
  std::atomic<int64_t> written_ = 0;  // bytes
  std::atomic<int64_t> read_ns_ = 0;
  std::atomic<int64_t> write_ns_ = 0;
};

template <bool reads>
Value Build(NativeContext& context, Value* args, uint32_t count) {
  constexpr std::string_view kName =
      reads ? "ssg_read_render_and_write_pages" : "ssg_render_and_write_pages";
  uint32_t limit = UINT32_MAX;
  if (!CheckStringList(context, kName, args[0], "first", reads ? "source paths" : "source pages")) {
    return Value::Unset();
  }
  if (!args[1].IsString()) {
    return context.Fail(absl::StrCat(kName, "() second argument must be a string output_dir"));
  }
  if (count == 3 && !ReadLimit(context, kName, args[2], &limit)) return Value::Unset();
  if (!CheckStrings(context, kName, args[0], reads ? "source path" : "source page")) {
    return Value::Unset();
  }
  if (!Scheduler::CanWait(context)) return Value::Unset();
  return Value::Heap(StartBatch(Scheduler::Of(context),
                                std::make_unique<Pages>(args[0], TextOf(args[1]), reads),
                                static_cast<uint32_t>(args[0].As<Array>()->size), limit,
                                std::thread::hardware_concurrency()));
}

constexpr NativeFunction kTable[] = {
    {.name = "ssg_render_and_write_pages",
     .min_args = 2,
     .max_args = 3,
     .body = Build<false>,
     .capability = Capability::kFilesystemWrite,
     .signature =
         "ssg_render_and_write_pages(source_pages: array, output_dir: string, limit: int = "
         "unlimited) -> promise",
     .doc = "Wraps each page in HTML and writes it to `output_dir/post_I.html`; a promise of "
            "{\"checksum\": bytes written, \"files\"}.",
     .example =
         "print(await ssg_render_and_write_pages([], \"out\")) => {\"checksum\": 0, \"files\": 0}",
     .errors =
         "ssg_render_and_write_pages() first argument must be an array of string source pages\n"
         "ssg_render_and_write_pages() second argument must be a string output_dir\n"
         "ssg_render_and_write_pages() concurrency_limit must be > 0, got LIMIT\n"
         "ssg_render_and_write_pages() optional concurrency_limit must be an integer\n"
         "ssg_render_and_write_pages() source page at index INDEX must be a string",
     .arity_error =
         "ssg_render_and_write_pages() expects 2 or 3 arguments (source_pages, output_dir, "
         "optional concurrency_limit), got {}"},
    {.name = "ssg_read_render_and_write_pages",
     .min_args = 2,
     .max_args = 3,
     .body = Build<true>,
     .capability = Capability::kFilesystemWrite,
     .signature =
         "ssg_read_render_and_write_pages(source_paths: array, output_dir: string, limit: int "
         "= unlimited) -> promise",
     .doc = "As `ssg_render_and_write_pages`, with the pages read from files.",
     .example = "r := await ssg_read_render_and_write_pages([], \"out\"); print(r[\"files\"]) => 0",
     .errors = "ssg_read_render_and_write_pages() first argument must be an array of string source "
               "paths\n"
               "ssg_read_render_and_write_pages() second argument must be a string output_dir\n"
               "ssg_read_render_and_write_pages() concurrency_limit must be > 0, got LIMIT\n"
               "ssg_read_render_and_write_pages() optional concurrency_limit must be an integer\n"
               "ssg_read_render_and_write_pages() source path at index INDEX must be a string",
     .arity_error = "ssg_read_render_and_write_pages() expects 2 or 3 arguments (source_paths, "
                    "output_dir, optional concurrency_limit), got {}"},
};

}  // namespace

absl::Span<const NativeFunction> SsgBuiltins() { return kTable; }

}  // namespace ruff
