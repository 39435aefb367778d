// The test program of a conformance area. Bazel gives it the area and the binary:
//
//   runner --area=FOLDER --binary=FILE [--ruff_flag=OPTION]... [--filter=TEXT] [--jobs=N]
//   [--limit_seconds=N] [--seeds=N] [--update]
//
// --seeds=N runs every case with --simulate 1 … N.
//
// --update rewrites the expected outputs in the source tree: bazel run
// //testing/conformance:core_test -- --update

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "testing/base/file_text.h"
#include "testing/conformance/suite.h"

namespace ruff {
namespace {

constexpr int kUsage = 2;

int Number(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  int value;
  return text != nullptr && absl::SimpleAtoi(text, &value) ? value : otherwise;
}

// False when `text` is no positive number.
bool ParseCount(std::string_view text, int* count) {
  return absl::SimpleAtoi(text, count) && *count > 0;
}

// Nothing, after a complaint, when the arguments cannot be used.
std::optional<SuiteOptions> ParseArguments(int argc, char** argv) {
  SuiteOptions options;
  for (int i = 1; i < argc; ++i) {
    std::string_view value = argv[i];
    int count = 0;
    bool ok = true;
    if (absl::ConsumePrefix(&value, "--area=")) {
      options.area = value;
    } else if (absl::ConsumePrefix(&value, "--binary=")) {
      options.settings.binary = std::filesystem::absolute(value);
    } else if (absl::ConsumePrefix(&value, "--ruff_flag=")) {
      options.settings.ruff_flags.push_back(std::string(value));
    } else if (absl::ConsumePrefix(&value, "--filter=")) {
      options.filter = value;
    } else if (absl::ConsumePrefix(&value, "--jobs=")) {
      ok = ParseCount(value, &options.jobs);
    } else if (absl::ConsumePrefix(&value, "--seeds=")) {
      ok = ParseCount(value, &options.seeds);
    } else if (absl::ConsumePrefix(&value, "--limit_seconds=")) {
      ok = ParseCount(value, &count);
      options.settings.limit = std::chrono::seconds(count);
    } else if (value == "--update") {
      const char* workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
      ok = workspace != nullptr;  // only `bazel run` says where the sources are
      if (ok) options.update = workspace;
    } else {
      ok = false;
    }
    if (!ok) {
      std::cerr << "cannot use " << argv[i] << "\n";
      return std::nullopt;
    }
  }
  if (options.area.empty() || options.settings.binary.empty()) {
    std::cerr << "--area and --binary are needed\n";
    return std::nullopt;
  }
  if (!options.update.empty()) options.update = absl::StrCat(options.update, "/", options.area);
  return options;
}

int Main(int argc, char** argv) {
  if (const char* status = std::getenv("TEST_SHARD_STATUS_FILE")) WriteFileText(status, "");
  std::optional<SuiteOptions> options = ParseArguments(argc, argv);
  if (!options.has_value()) return kUsage;
  options->shard = Number("TEST_SHARD_INDEX", 0);
  options->shards = Number("TEST_TOTAL_SHARDS", 1);
  const int failed = RunSuite(*options, std::cout);
  return failed == 0 ? 0 : failed > 0 ? 1 : kUsage;
}

}  // namespace
}  // namespace ruff

int main(int argc, char** argv) { return ruff::Main(argc, argv); }
