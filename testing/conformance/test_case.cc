#include "testing/conformance/test_case.h"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "testing/base/file_text.h"

namespace ruff {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtensions[] = {".ruff", ".sh",    ".out",  ".exit",
                                            ".err",  ".flags", ".args", ".stdin"};

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (lines.back().empty()) lines.pop_back();
  return lines;
}

// Lines that say something.
std::vector<std::string> FilledLines(std::string_view text) {
  return absl::StrSplit(text, '\n', absl::SkipWhitespace());
}

// `stem` with the parts of the case named by `extensions`.
absl::StatusOr<TestCase> LoadCase(const std::string& stem, std::string name,
                                  const std::set<std::string>& extensions) {
  const auto text = [&](std::string_view extension) -> std::optional<std::string> {
    if (!extensions.contains(std::string(extension))) return std::nullopt;
    return ReadFileText(absl::StrCat(stem, extension));
  };
  TestCase test;
  test.name = std::move(name);
  test.is_script = extensions.contains(".sh");
  test.has_stdin = extensions.contains(".stdin");
  if (test.is_script == extensions.contains(".ruff")) {
    return absl::InvalidArgumentError(
        absl::StrCat(test.name, ": a case is one program or one script"));
  }
  if (std::optional<std::string> out = text(".out")) {
    test.has_out = true;
    test.out = *std::move(out);
  }
  if (const std::optional<std::string> exit_code = text(".exit")) {
    if (!absl::SimpleAtoi(absl::StripAsciiWhitespace(*exit_code), &test.exit_code)) {
      return absl::InvalidArgumentError(absl::StrCat(test.name, ".exit holds no number"));
    }
  }
  test.err = FilledLines(text(".err").value_or(""));
  test.flags = FilledLines(text(".flags").value_or(""));
  test.args = Lines(text(".args").value_or(""));
  return test;
}

}  // namespace

absl::StatusOr<std::vector<TestCase>> LoadCases(const std::string& area) {
  std::map<std::string, std::set<std::string>> files;  // extensions by name
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(area, error)) {
    if (entry.is_directory() || entry.path().filename().string().starts_with('.')) continue;
    const std::string extension = entry.path().extension();
    if (extension.empty()) continue;  // the test binary, when it stands beside its cases
    bool is_known = false;
    for (const std::string_view known : kExtensions) is_known |= known == extension;
    if (!is_known) {
      return absl::InvalidArgumentError(
          absl::StrCat(entry.path().filename().string(), " is no part of a case"));
    }
    files[entry.path().stem()].insert(extension);
  }
  if (files.empty()) return absl::NotFoundError(absl::StrCat("no cases in ", area));
  std::vector<TestCase> cases;
  for (const auto& [name, extensions] : files) {
    absl::StatusOr<TestCase> test = LoadCase(absl::StrCat(area, "/", name), name, extensions);
    if (!test.ok()) return test.status();
    cases.push_back(*std::move(test));
  }
  return cases;
}

}  // namespace ruff
