// Writes pages of Markdown, for documents that are generated.

#ifndef RUFF_BASE_MARKDOWN_WRITER_H_
#define RUFF_BASE_MARKDOWN_WRITER_H_

#include <string>
#include <string_view>
#include <vector>

namespace ruff {

// Plain text as Markdown shows it: markup characters are escaped.
std::string MarkdownText(std::string_view text);
// The text as code within a line, whatever backticks it holds.
std::string MarkdownCode(std::string_view text);
// "[text](#anchor)" for the heading `heading` of the same page. Headings of one page are distinct.
std::string MarkdownLink(std::string_view text, std::string_view heading);

// Blocks, set apart by empty lines. Everything but Code takes Markdown.
class MarkdownWriter {
 public:
  void Heading(int level, std::string_view markdown);
  void Paragraph(std::string_view markdown);
  void Bullets(const std::vector<std::string>& items);
  // `rows` are as wide as `header`.
  void Table(const std::vector<std::string>& header,
             const std::vector<std::vector<std::string>>& rows);
  // A fenced block. The last line of the text needs no line end.
  void Code(std::string_view language, std::string_view text);

  const std::string& text() const { return text_; }

 private:
  void BeginBlock();

  std::string text_;
};

}  // namespace ruff

#endif  // RUFF_BASE_MARKDOWN_WRITER_H_
