// The documents tell the truth.
//
// - Every ```ruff block of README.md and docs/ is followed by an ```output block, which holds what
//   the program prints: standard output, then standard error. A block ```ruff NAME is no program
//   but a file beside the programs after it, to be imported.
// - Relative links lead somewhere, in every page of the tree.
// - Paths and Bazel labels that README.md, CONTRIBUTING.md and docs/ mention as code exist.
//
// The tree is found behind the link to WORKSPACE among the runfiles: it is read as a whole, hence
// the tag "external", which keeps Bazel from remembering results.

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gtest/gtest.h"
#include "testing/base/file_text.h"
#include "testing/base/subprocess.h"
#include "testing/base/temp_dir.h"
#include "testing/base/text_diff.h"
#include "testing/docs/markdown.h"

namespace ruff {
namespace {

namespace fs = std::filesystem;

// What a path that is mentioned from the root of the tree begins with.
constexpr std::string_view kFolders[] = {"ruff/", "testing/",  "tools/",      "docs/",
                                         ".ci/",  "examples/", "third_party/"};
// In a pattern or a placeholder, not in a path.
constexpr std::string_view kNoPath = "*<>{}$ ()…";

fs::path Root() { return fs::canonical("WORKSPACE").parent_path(); }

MarkdownPage ReadPage(const fs::path& path) {
  return ParseMarkdown(ReadFileText(path).value_or(""));
}

std::string Place(const fs::path& page, int line) {
  return absl::StrCat(page.lexically_relative(Root()).string(), ":", line);
}

// README.md, CONTRIBUTING.md and docs/, in order.
std::vector<fs::path> Documents() {
  std::vector<fs::path> pages = {Root() / "README.md", Root() / "CONTRIBUTING.md"};
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(Root() / "docs")) {
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}

// All pages of the tree, without what Bazel and others keep in it.
std::vector<fs::path> AllPages() {
  std::vector<fs::path> pages;
  for (auto it = fs::recursive_directory_iterator(Root()); it != fs::end(it); ++it) {
    const std::string name = it->path().filename();
    if (it->is_directory() && (absl::StartsWith(name, ".") || absl::StartsWith(name, "bazel-"))) {
      it.disable_recursion_pending();
    } else if (it->path().extension() == ".md") {
      pages.push_back(it->path());
    }
  }
  return pages;
}

// What `program` prints when it is run in a directory of its own, with these files.
std::string Output(const std::string& program, const std::vector<const FencedBlock*>& files) {
  const TempDir directory;
  const TempDir output;
  for (const FencedBlock* file : files) WriteFileText(directory.Join(file->title), file->text);
  WriteFileText(directory.Join("example.ruff"), program);
  ProcessSpec spec;
  spec.command = {fs::absolute("ruff/cli"), "run", "example.ruff"};
  spec.environment = {"NO_COLOR=1", "TZ=UTC", absl::StrCat("HOME=", directory.path())};
  spec.directory = directory.path();
  spec.output_prefix = output.Join("std");
  const ProcessResult result = RunProcess(spec);
  if (!result.started) return absl::StrCat("cannot start: ", result.err);
  if (result.timed_out || result.signal != 0) return "did not end by itself\n";
  return absl::StrCat(result.out, result.err);
}

TEST(DocsTest, ProgramsPrintWhatThePagesSay) {
  int programs = 0;
  for (const fs::path& path : Documents()) {
    std::vector<const FencedBlock*> files;
    const MarkdownPage page = ReadPage(path);
    for (size_t i = 0; i < page.blocks.size(); ++i) {
      const FencedBlock& block = page.blocks[i];
      if (block.language != "ruff") continue;
      if (!block.title.empty()) {
        files.push_back(&block);
        continue;
      }
      const FencedBlock* output = i + 1 < page.blocks.size() ? &page.blocks[i + 1] : nullptr;
      if (output == nullptr || output->language != "output" || !output->is_adjacent) {
        ADD_FAILURE() << Place(path, block.line) << ": no output block follows";
        continue;
      }
      ++programs;
      const std::string difference = TextDiff(output->text, Output(block.text, files));
      EXPECT_TRUE(difference.empty()) << Place(path, block.line) << "\n" << difference;
    }
  }
  EXPECT_GE(programs, 15);
}

TEST(DocsTest, LinksLeadSomewhere) {
  for (const fs::path& path : AllPages()) {
    for (const Mention& link : ReadPage(path).links) {
      const std::string target = link.text.substr(0, link.text.find('#'));
      // Within the page, to the web, or code such as a[b](c[d]).
      if (target.empty() || target.find_first_of(":[") != target.npos) continue;
      EXPECT_TRUE(fs::exists(path.parent_path() / target))
          << Place(path, link.line) << ": no " << target;
    }
  }
}

bool IsPath(std::string_view text) {
  if (text.find_first_of(kNoPath) != text.npos) return false;
  return std::any_of(std::begin(kFolders), std::end(kFolders),
                     [&](std::string_view folder) { return absl::StartsWith(text, folder); });
}

// Is there a target `label`, or a package when it ends in `...`? A label that is no label is fine.
bool LabelExists(std::string_view label) {
  if (!absl::ConsumePrefix(&label, "//") || label.empty() || label == "...") return true;
  if (absl::ConsumeSuffix(&label, "/...")) return fs::is_directory(Root() / label);
  const std::vector<std::string> parts = absl::StrSplit(label, absl::MaxSplits(':', 1));
  const std::string name = parts.size() > 1 ? parts[1] : fs::path(parts[0]).filename().string();
  const std::string build = ReadFileText(Root() / parts[0] / "BUILD").value_or("");
  if (name == "all") return !build.empty();
  if (absl::StrContains(build, absl::StrCat("name = \"", name, "\""))) return true;
  // conformance_area("x") makes x_test.
  const std::string area = name.substr(0, name.find("_test"));
  return absl::StrContains(build, absl::StrCat("conformance_area(\"", area, "\""));
}

// The words of a command or a code span that are paths or labels exist.
void CheckWords(std::string_view text, const std::string& place) {
  for (const std::string_view word : absl::StrSplit(text, absl::ByAnyChar(" \n"))) {
    if (IsPath(word)) EXPECT_TRUE(fs::exists(Root() / word)) << place << ": no " << word;
    if (absl::StartsWith(word, "//") && word.find_first_of(kNoPath) == word.npos) {
      EXPECT_TRUE(LabelExists(word)) << place << ": no target " << word;
    }
    if (absl::StartsWith(word, "./")) {
      EXPECT_TRUE(fs::exists(Root() / word)) << place << ": no " << word;
    }
  }
}

TEST(DocsTest, PathsAndTargetsExist) {
  for (const fs::path& path : Documents()) {
    const MarkdownPage page = ReadPage(path);
    for (const Mention& span : page.code_spans) CheckWords(span.text, Place(path, span.line));
    for (const FencedBlock& block : page.blocks) {
      if (block.language == "sh") CheckWords(block.text, Place(path, block.line));
    }
  }
}

}  // namespace
}  // namespace ruff
