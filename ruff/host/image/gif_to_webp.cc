// gif_to_webp: animations are converted by the program gif2webp.

#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/broken_utf8.h"
#include "ruff/base/os_error.h"
#include "ruff/host/families.h"
#include "ruff/host/posix/tree.h"
#include "ruff/host/process/options.h"
#include "ruff/host/process/pending_pipeline.h"
#include "ruff/host/process/pipeline.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {
namespace {

constexpr std::string_view kCount =
    "gif_to_webp requires 2 to 5 arguments: input_path, output_path, [quality(0-100)], "
    "[method(0-6)], [lossless(bool)]";
constexpr std::string_view kInputType = "gif_to_webp requires a string input_path argument";
constexpr std::string_view kOutputType = "gif_to_webp requires a string output_path argument";
constexpr std::string_view kQualityType = "gif_to_webp quality must be numeric (0-100)";
constexpr std::string_view kMethodType = "gif_to_webp method must be numeric (0-6)";
constexpr std::string_view kLosslessType = "gif_to_webp lossless flag must be bool";
constexpr std::string_view kQualityRange = "gif_to_webp quality must be in range 0-100";
constexpr std::string_view kMethodRange = "gif_to_webp method must be in range 0-6";
constexpr std::string_view kNoTool =
    "gif_to_webp requires the 'gif2webp' CLI tool to be installed and available in PATH";

constexpr int64_t kTimeoutMs = 3'600'000;

Value Outcome(const Pipeline& pipeline, std::string* error) {
  const StageOutcome& outcome = pipeline.outcomes().front();
  if (outcome.succeeded()) return Value::Bool(true);
  const std::string_view complaint = absl::StripAsciiWhitespace(outcome.errors.text);
  if (outcome.not_started == OsErrorText(ENOENT)) {
    *error = kNoTool;
  } else if (!outcome.not_started.empty()) {
    *error = absl::StrCat("gif_to_webp command failed: ", outcome.not_started);
  } else if (complaint.empty()) {
    *error = "gif_to_webp failed with unknown error";
  } else {
    *error = absl::StrCat("gif_to_webp failed: ", MendUtf8(complaint));
  }
  return Value::Unset();
}

Value GifToWebp(NativeContext& context, Value* args, uint32_t count) {
  const auto fail = [&](std::string_view message) { return context.Fail(std::string(message)); };
  if (!args[0].IsString()) return fail(kInputType);
  if (!args[1].IsString()) return fail(kOutputType);
  if (count > 2 && !args[2].IsNumber()) return fail(kQualityType);
  if (count > 3 && !args[3].IsNumber()) return fail(kMethodType);
  if (count > 4 && !args[4].Is(Kind::kBool)) return fail(kLosslessType);
  const int64_t quality = count > 2 ? IntOf(args[2]) : 85;
  const int64_t method = count > 3 ? IntOf(args[3]) : 4;
  const bool lossless = count > 4 && args[4].b;
  if (quality < 0 || quality > 100) return fail(kQualityRange);
  if (method < 0 || method > 6) return fail(kMethodRange);
  const std::string input(TextOf(args[0]));
  const std::string output(TextOf(args[1]));
  struct stat info;
  if (!StatPath(input, &info).empty()) {
    return fail(absl::StrCat("gif_to_webp input file does not exist: ", input));
  }
  ProcessOptions options;
  if (!ReadProcessOptions(context, Value::Unset(), &options)) return Value::Unset();
  options.limits.timeout_ms = kTimeoutMs;
  auto pipeline = std::make_unique<Pipeline>(options.limits, InterruptOf(context));
  pipeline->Start({{"gif2webp", input, "-o", output, "-q", absl::StrCat(quality), "-m",
                    absl::StrCat(method), "-mt", lossless ? "-lossless" : "-lossy"}},
                  options.environment, options.search_path);
  return AwaitPipeline(context, std::move(pipeline), Outcome);
}

constexpr NativeFunction kTable[] = {
    {.name = "gif_to_webp",
     .min_args = 2,
     .max_args = 5,
     .body = GifToWebp,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kFilesystemWrite,
     .signature =
         "gif_to_webp(input: string, output: string, quality: number = 85, method: number = 4, "
         "lossless: bool = false) -> bool",
     .doc = "Converts an animation with the program gif2webp, which must be installed.",
     .example = "try { gif_to_webp(\"none.gif\", \"a.webp\") } except e { print(e.message) } => "
                "gif_to_webp input file does not exist: none.gif",
     .errors =
         "gif_to_webp requires a string input_path argument\n"
         "gif_to_webp requires a string output_path argument\n"
         "gif_to_webp quality must be numeric (0-100)\n"
         "gif_to_webp method must be numeric (0-6)\n"
         "gif_to_webp lossless flag must be bool\n"
         "gif_to_webp quality must be in range 0-100\n"
         "gif_to_webp method must be in range 0-6\n"
         "gif_to_webp input file does not exist: P\n"
         "gif_to_webp requires the 'gif2webp' CLI tool to be installed and available in PATH\n"
         "gif_to_webp command failed: REASON\n"
         "gif_to_webp failed: REASON\n"
         "gif_to_webp failed with unknown error",
     .arity_error = kCount},
};

}  // namespace

absl::Span<const NativeFunction> GifToWebpBuiltins() { return kTable; }

}  // namespace ruff
