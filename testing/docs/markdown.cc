#include "testing/docs/markdown.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace ruff {
namespace {

constexpr std::string_view kFence = "```";

FencedBlock OpenBlock(std::string_view info, int line, bool is_adjacent) {
  FencedBlock block;
  block.line = line;
  block.is_adjacent = is_adjacent;
  const std::vector<std::string> words = absl::StrSplit(info, ' ', absl::SkipWhitespace());
  if (!words.empty()) block.language = words[0];
  if (words.size() > 1) block.title = words[1];
  return block;
}

// Adds the code spans and links of one line of running text.
void ScanLine(std::string_view text, int line, MarkdownPage* page) {
  std::string prose;  // without the code spans
  while (true) {
    const size_t open = text.find('`');
    const size_t close = open == text.npos ? open : text.find('`', open + 1);
    absl::StrAppend(&prose, text.substr(0, open));
    if (close == text.npos) break;
    page->code_spans.push_back({std::string(text.substr(open + 1, close - open - 1)), line});
    text.remove_prefix(close + 1);
  }
  for (size_t at = 0; (at = prose.find("](", at)) != prose.npos;) {
    at += 2;
    const size_t end = prose.find(')', at);
    if (end == prose.npos) break;
    page->links.push_back({prose.substr(at, end - at), line});
    at = end;
  }
}

}  // namespace

MarkdownPage ParseMarkdown(std::string_view text) {
  MarkdownPage page;
  bool is_inside = false;    // of a fenced block
  bool is_adjacent = false;  // nothing said since the last block
  int number = 0;
  for (std::string_view line : absl::StrSplit(absl::StripSuffix(text, "\n"), '\n')) {
    ++number;
    std::string_view rest = absl::StripLeadingAsciiWhitespace(line);
    if (absl::ConsumePrefix(&rest, kFence)) {
      if (!is_inside) page.blocks.push_back(OpenBlock(rest, number, is_adjacent));
      is_adjacent = is_inside;
      is_inside = !is_inside;
    } else if (is_inside) {
      absl::StrAppend(&page.blocks.back().text, line, "\n");
    } else {
      if (!absl::StripAsciiWhitespace(line).empty()) is_adjacent = false;
      ScanLine(line, number, &page);
    }
  }
  return page;
}

}  // namespace ruff
