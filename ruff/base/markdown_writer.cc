#include "ruff/base/markdown_writer.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace ruff {
namespace {

// The longest run of backticks.
size_t LongestFence(std::string_view text) {
  size_t longest = 0;
  size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// A bar ends a cell even inside of code.
std::string Row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) {
    absl::StrAppend(&row, " ", absl::StrReplaceAll(cell, {{"|", "\\|"}, {"\n", "<br>"}}), " |");
  }
  return row + "\n";
}

}  // namespace

std::string MarkdownText(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>#").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string MarkdownCode(std::string_view text) {
  const size_t fence = LongestFence(text);
  const std::string ticks(fence + 1, '`');
  const std::string_view space = fence > 0 ? " " : "";
  return absl::StrCat(ticks, space, text, space, ticks);
}

std::string MarkdownLink(std::string_view text, std::string_view heading) {
  std::string anchor;
  for (const char c : heading) {
    if (c == ' ') {
      anchor += '-';
    } else if (absl::ascii_isalnum(c) || c == '_' || c == '-' || !absl::ascii_isascii(c)) {
      anchor += absl::ascii_tolower(c);
    }
  }
  return absl::StrCat("[", text, "](#", anchor, ")");
}

void MarkdownWriter::BeginBlock() {
  if (!text_.empty()) text_ += '\n';
}

void MarkdownWriter::Heading(int level, std::string_view markdown) {
  BeginBlock();
  absl::StrAppend(&text_, std::string(level, '#'), " ", markdown, "\n");
}

void MarkdownWriter::Paragraph(std::string_view markdown) {
  BeginBlock();
  absl::StrAppend(&text_, markdown, "\n");
}

void MarkdownWriter::Bullets(const std::vector<std::string>& items) {
  BeginBlock();
  for (const std::string& item : items) absl::StrAppend(&text_, "- ", item, "\n");
}

void MarkdownWriter::Table(const std::vector<std::string>& header,
                           const std::vector<std::vector<std::string>>& rows) {
  BeginBlock();
  absl::StrAppend(&text_, Row(header), Row(std::vector<std::string>(header.size(), "---")));
  for (const std::vector<std::string>& row : rows) text_ += Row(row);
}

void MarkdownWriter::Code(std::string_view language, std::string_view text) {
  BeginBlock();
  const std::string fence(std::max<size_t>(LongestFence(text) + 1, 3), '`');
  absl::StrAppend(&text_, fence, language, "\n", text,
                  text.empty() || text.back() == '\n' ? "" : "\n", fence, "\n");
}

}  // namespace ruff
