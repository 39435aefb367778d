#include "ruff/reference/stdlib_page.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ruff/base/markdown_writer.h"
#include "ruff/reference/chapter.h"
#include "ruff/runtime/builtins/families.h"

namespace ruff {
namespace {

constexpr std::string_view kIntroduction =
    R"(Generated from the tables of builtins by `bazel run //ruff/reference:update_reference`; every example is run by
the tests.

A function is called by its name, or as a method where the language says so. Below its heading stand its signature
with the types it takes and returns, what it does, and how many arguments it takes; then an example and its output,
and the messages of the errors it throws, which `try` and `except` catch. In messages, words in capitals stand for
what varies; `K` is the number of arguments given. Functions that touch the world outside name the capability they
need: under `--untrusted` they work only with the option that is given with it.)";

// How many parameters a signature names, and how many of them may be left out.
struct ParameterCount {
  uint32_t all = 0;
  uint32_t optional = 0;
  bool is_open = false;  // ends in "..."
};

ParameterCount CountParameters(std::string_view signature) {
  ParameterCount count;
  const size_t open = signature.find('(');
  int depth = 0;
  bool is_empty = true;
  for (size_t i = open; i < signature.size(); ++i) {
    const char c = signature[i];
    if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      if (--depth == 0) break;
    } else if (depth == 1 && c == ',') {
      ++count.all;
    } else if (depth == 1 && (c == '=' || c == '?')) {
      ++count.optional;
    }
    if (i > open && c != ' ') is_empty = false;
    if (absl::StartsWith(signature.substr(i), "...")) count.is_open = true;
  }
  if (!is_empty) ++count.all;
  return count;
}

std::string Arguments(uint32_t fewest, uint32_t most) {
  if (most == 0) return "no arguments";
  if (fewest == most) return absl::StrCat(most, most == 1 ? " argument" : " arguments");
  return absl::StrCat(fewest, most == fewest + 1 ? " or " : " to ", most,
                      most == 1 ? " argument" : " arguments");
}

std::string DescribeCapability(const NativeFunction& native) {
  if (native.capability == Capability::kNone) return "";
  return absl::StrCat(
      " Needs the capability ", MarkdownCode(CapabilityName(native.capability)), " (",
      MarkdownCode(absl::StrCat("--allow-", CapabilityFlag(native.capability))), ").");
}

// The messages of a row, one a line.
std::string ErrorLines(const NativeFunction& native) {
  std::string lines;
  if (native.min_args > 0 || native.max_args != kVariadic) lines = ArityErrorPattern(native);
  // An arity message may be one of the others.
  for (const std::string_view line : absl::StrSplit(native.errors, '\n', absl::SkipEmpty())) {
    if (line != lines) absl::StrAppend(&lines, lines.empty() ? "" : "\n", line);
  }
  return lines;
}

void AddFunction(const NativeFunction& native, MarkdownWriter* page) {
  page->Heading(3, native.name);
  page->Paragraph(MarkdownCode(native.signature));
  page->Paragraph(absl::StrCat(native.doc, " ", DescribeArity(native), DescribeCapability(native)));
  const Example example = SplitExample(native.example);
  page->Code("ruff", example.program);
  page->Code("output", example.output);
  const std::string errors = ErrorLines(native);
  if (errors.empty()) return page->Paragraph("Throws nothing.");
  page->Paragraph("Throws:");
  page->Code("text", errors);
}

void AddConstants(MarkdownWriter* page) {
  std::vector<std::vector<std::string>> rows;
  for (const NativeConstant& constant : MathConstants()) {
    rows.push_back({MarkdownCode(constant.name), std::string(constant.doc)});
  }
  page->Table({"Constant", "Meaning"}, rows);
}

// One line for each letter, every name a link.
void AddIndex(MarkdownWriter* page) {
  std::vector<std::string_view> names;
  for (const Chapter& chapter : ReferenceChapters()) {
    for (const NativeFunction* native : chapter.functions) names.push_back(native->name);
  }
  const auto key = [](std::string_view name) {
    return std::pair(absl::AsciiStrToLower(name), name);
  };
  std::sort(names.begin(), names.end(),
            [&](std::string_view a, std::string_view b) { return key(a) < key(b); });
  std::vector<std::string> lines;
  char letter = 0;
  for (const std::string_view name : names) {
    const std::string link = MarkdownLink(MarkdownCode(name), name);
    if (absl::ascii_tolower(name[0]) != letter) {
      letter = absl::ascii_tolower(name[0]);
      lines.push_back(link);
    } else {
      absl::StrAppend(&lines.back(), " ", link);
    }
  }
  page->Heading(2, "Index");
  page->Bullets(lines);
}

}  // namespace

Example SplitExample(std::string_view example) {
  constexpr std::string_view kArrow = " => ";
  const size_t arrow = example.rfind(kArrow);
  if (arrow == example.npos) return {example, {}};
  return {example.substr(0, arrow), example.substr(arrow + kArrow.size())};
}

std::string DescribeArity(const NativeFunction& native) {
  const ParameterCount named = CountParameters(native.signature);
  if (native.max_args != kVariadic) {
    // A row may take less than makes sense, to answer with a message of its own.
    const uint32_t fewest = std::max<uint32_t>(native.min_args, named.all - named.optional);
    return absl::StrCat("Takes ", Arguments(fewest, native.max_args), ".");
  }
  if (!named.is_open) {
    return absl::StrCat("Takes ", Arguments(named.all - named.optional, named.all),
                        "; more are ignored.");
  }
  if (native.min_args == 0) return "Takes any number of arguments.";
  return absl::StrCat("Takes at least ", Arguments(native.min_args, native.min_args), ".");
}

std::string StdlibPage() {
  MarkdownWriter page;
  page.Heading(1, "Builtin functions");
  page.Paragraph(kIntroduction);
  std::vector<std::string> contents;
  for (const Chapter& chapter : ReferenceChapters()) {
    contents.push_back(
        absl::StrCat(MarkdownLink(chapter.title, chapter.title), " · ", chapter.functions.size()));
  }
  contents.push_back(MarkdownLink("Index", "Index"));
  page.Bullets(contents);
  for (const Chapter& chapter : ReferenceChapters()) {
    page.Heading(2, chapter.title);
    page.Paragraph(chapter.introduction);
    std::string names;
    for (const NativeFunction* native : chapter.functions) {
      absl::StrAppend(&names, names.empty() ? "" : " · ",
                      MarkdownLink(MarkdownCode(native->name), native->name));
    }
    page.Paragraph(names);
    if (chapter.title == "Mathematics") AddConstants(&page);
    for (const NativeFunction* native : chapter.functions) AddFunction(*native, &page);
  }
  AddIndex(&page);
  return page.text();
}

}  // namespace ruff
