#include "testing/docs/markdown.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(MarkdownTest, FindsBlocks) {
  const MarkdownPage page = ParseMarkdown(
      "# Title\n"
      "```ruff\n"
      "print(1)\n"
      "\n"
      "```\n"
      "\n"
      "```output\n"
      "1\n"
      "```\n"
      "Text.\n"
      "```ruff lib.ruff\n"
      "x := 1\n");
  ASSERT_EQ(page.blocks.size(), 3u);
  EXPECT_EQ(page.blocks[0].language, "ruff");
  EXPECT_EQ(page.blocks[0].title, "");
  EXPECT_EQ(page.blocks[0].text, "print(1)\n\n");
  EXPECT_EQ(page.blocks[0].line, 2);
  EXPECT_FALSE(page.blocks[0].is_adjacent);
  EXPECT_EQ(page.blocks[1].language, "output");
  EXPECT_TRUE(page.blocks[1].is_adjacent);
  EXPECT_EQ(page.blocks[2].title, "lib.ruff");
  EXPECT_EQ(page.blocks[2].text, "x := 1\n");
  EXPECT_FALSE(page.blocks[2].is_adjacent);
}

TEST(MarkdownTest, FindsLinksAndSpans) {
  const MarkdownPage page = ParseMarkdown(
      "See [a](docs/a.md), [b](b.md#part) and `[c](no.md)`.\n"
      "```\n"
      "[d](no.md) `no`\n"
      "  ```\n"
      "`one` two `three` ` four\n");
  ASSERT_EQ(page.links.size(), 2u);
  EXPECT_EQ(page.links[0].text, "docs/a.md");
  EXPECT_EQ(page.links[1].text, "b.md#part");
  EXPECT_EQ(page.links[1].line, 1);
  ASSERT_EQ(page.code_spans.size(), 3u);
  EXPECT_EQ(page.code_spans[0].text, "[c](no.md)");
  EXPECT_EQ(page.code_spans[2].text, "three");
  EXPECT_EQ(page.code_spans[2].line, 5);
}

TEST(MarkdownTest, AcceptsAnything) {
  EXPECT_TRUE(ParseMarkdown("").blocks.empty());
  EXPECT_EQ(ParseMarkdown("```").blocks.size(), 1u);
  EXPECT_TRUE(ParseMarkdown("[a](b\n` ](").links.empty());
}

}  // namespace
}  // namespace ruff
