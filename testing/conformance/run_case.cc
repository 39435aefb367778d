#include "testing/conformance/run_case.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "testing/base/temp_dir.h"
#include "testing/base/text_diff.h"

namespace ruff {
namespace {

constexpr size_t kMaxStderrLines = 30;  // of a report

std::vector<std::string> Environment(const CaseSettings& settings, const std::string& home) {
  std::vector<std::string> environment = {"NO_COLOR=1", "TZ=UTC", absl::StrCat("HOME=", home),
                                          absl::StrCat("RUFF_TEST_TMP=", home),
                                          absl::StrCat("RUFF=", settings.binary)};
  constexpr std::string_view kInherited[] = {
      "PATH=",          "ASAN_OPTIONS=", "LSAN_OPTIONS=",
      "UBSAN_OPTIONS=", "TSAN_OPTIONS=", "LLVM_PROFILE_FILE="};
  for (char** variable = environ; *variable != nullptr; ++variable) {
    for (const std::string_view name : kInherited) {
      if (std::string_view(*variable).starts_with(name)) environment.push_back(*variable);
    }
  }
  return environment;
}

std::vector<std::string> Command(const TestCase& test, const CaseSettings& settings) {
  if (test.is_script) return {"/bin/bash", absl::StrCat(test.name, ".sh")};
  std::vector<std::string> command = {settings.binary, "run"};
  command.insert(command.end(), settings.ruff_flags.begin(), settings.ruff_flags.end());
  command.insert(command.end(), test.flags.begin(), test.flags.end());
  command.push_back(absl::StrCat(test.name, ".ruff"));
  command.insert(command.end(), test.args.begin(), test.args.end());
  return command;
}

// The beginning of what was printed to stderr, indented.
std::string StderrText(std::string_view text) {
  if (text.empty()) return "stderr was empty\n";
  std::string out = "stderr was:\n";
  size_t lines = 0;
  for (const std::string_view line : absl::StrSplit(text, '\n')) {
    if (++lines > kMaxStderrLines) {
      out += "  ...\n";
      break;
    }
    absl::StrAppend(&out, "  ", line.substr(0, 400), "\n");
  }
  return out;
}

}  // namespace

ProcessResult RunCase(const TestCase& test, const CaseSettings& settings,
                      const std::string& directory) {
  const TempDir output;
  const TempDir home;
  ProcessSpec spec;
  spec.command = Command(test, settings);
  spec.environment = Environment(settings, home.path());
  spec.directory = directory;
  if (test.has_stdin) spec.stdin_path = absl::StrCat(directory, "/", test.name, ".stdin");
  spec.output_prefix = output.Join("std");
  spec.limit = settings.limit;
  return RunProcess(spec);
}

std::string Judge(const TestCase& test, const ProcessResult& result) {
  if (!result.started) return absl::StrCat("cannot start: ", result.err);
  std::string report;
  if (result.timed_out) {
    absl::StrAppend(&report, "still ran after ", static_cast<int>(result.seconds), " seconds\n");
  } else if (result.signal != 0) {
    absl::StrAppend(&report, "killed by signal ", result.signal, "\n");
  } else if (result.exit_code != test.exit_code) {
    absl::StrAppend(&report, "exit code ", result.exit_code, ", expected ", test.exit_code, "\n");
  }
  if (!test.has_out) report += "no expected output: write it with --update\n";
  report += TextDiff(test.out, result.out);
  for (const std::string& line : test.err) {
    if (result.err.find(line) == std::string::npos)
      absl::StrAppend(&report, "stderr lacks: ", line, "\n");
  }
  if (!report.empty()) report += StderrText(result.err);
  return report;
}

}  // namespace ruff
