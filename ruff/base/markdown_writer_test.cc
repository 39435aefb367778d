#include "ruff/base/markdown_writer.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(MarkdownTest, Pieces) {
  EXPECT_EQ(MarkdownText("a_b <c> [d] \\ `e`"), "a\\_b \\<c\\> \\[d\\] \\\\ \\`e\\`");
  EXPECT_EQ(MarkdownCode("a | b"), "`a | b`");
  EXPECT_EQ(MarkdownCode("expected `,`"), "`` expected `,` ``");
  EXPECT_EQ(MarkdownLink("x", "Date and time, UTC"), "[x](#date-and-time-utc)");
  EXPECT_EQ(MarkdownLink("x", "to_UPPER"), "[x](#to_upper)");
}

TEST(MarkdownTest, Blocks) {
  MarkdownWriter page;
  page.Heading(1, "Title");
  page.Paragraph("Words.");
  page.Bullets({"one", "two"});
  page.Table({"a", "b"}, {{"1|2", "3"}, {"x\ny", ""}});
  page.Code("text", "code");
  page.Code("", "```\n");
  EXPECT_EQ(page.text(),
            "# Title\n\nWords.\n\n- one\n- two\n\n"
            "| a | b |\n| --- | --- |\n| 1\\|2 | 3 |\n| x<br>y |  |\n\n"
            "```text\ncode\n```\n\n````\n```\n````\n");
}

}  // namespace
}  // namespace ruff
