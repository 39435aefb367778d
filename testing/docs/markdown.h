// What the tests need to know about a page of Markdown: its fenced code blocks, links and code
// spans.

#ifndef RUFF_TESTING_DOCS_MARKDOWN_H_
#define RUFF_TESTING_DOCS_MARKDOWN_H_

#include <string>
#include <string_view>
#include <vector>

namespace ruff {

struct FencedBlock {
  std::string language;      // the first word after ```
  std::string title;         // the second one
  std::string text;          // every line ends in \n
  int line = 0;              // of the opening fence, from 1
  bool is_adjacent = false;  // only blank lines stand between it and the block before
};

// A piece of text and its line, from 1.
struct Mention {
  std::string text;
  int line = 0;
};

struct MarkdownPage {
  std::vector<FencedBlock> blocks;
  std::vector<Mention> links;       // the target in [text](target), outside of code
  std::vector<Mention> code_spans;  // the text in `text`, outside of blocks
};

// A fence may be indented, in a list; the text of its block is taken as it stands. An unclosed
// block ends with the page.
MarkdownPage ParseMarkdown(std::string_view text);

}  // namespace ruff

#endif  // RUFF_TESTING_DOCS_MARKDOWN_H_
