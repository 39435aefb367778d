#include "ruff/lang/source/source_buffer.h"

#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/base/utf8.h"

namespace ruff {
namespace {

SourceBuffer Source(std::string text) { return *SourceBuffer::FromText("t.ruff", std::move(text)); }

std::string TempPath(const std::string& name) { return testing::TempDir() + "/" + name; }

std::string WriteFile(const std::string& name, std::string_view bytes) {
  const std::string path = TempPath(name);
  FILE* file = std::fopen(path.c_str(), "wb");
  std::fwrite(bytes.data(), 1, bytes.size(), file);
  std::fclose(file);
  return path;
}

TEST(SourceBufferTest, ReadsAFile) {
  const std::string path = WriteFile("plain.ruff", "x := 1\n");
  const auto source = SourceBuffer::FromFile(path);
  ASSERT_TRUE(source.ok()) << source.status();
  EXPECT_EQ(source->name(), path);
  EXPECT_EQ(source->text(), "x := 1\n");
  EXPECT_EQ(source->text().data()[source->size()], '\0');
}

TEST(SourceBufferTest, ReadsEmptyAndLargeFiles) {
  EXPECT_EQ(SourceBuffer::FromFile(WriteFile("empty.ruff", ""))->text(), "");
  EXPECT_EQ(SourceBuffer::FromFile("/dev/null")->text(), "");
  const std::string large(3 << 20, 'a');
  EXPECT_EQ(SourceBuffer::FromFile(WriteFile("large.ruff", large))->text(), large);
}

TEST(SourceBufferTest, ReadsAPipeOfUnknownSize) {
  const std::string path = TempPath("pipe");
  std::remove(path.c_str());
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const std::string text(300'000, 'b');
  std::thread writer([&] {
    FILE* file = std::fopen(path.c_str(), "wb");
    std::fwrite(text.data(), 1, text.size(), file);
    std::fclose(file);
  });
  const auto source = SourceBuffer::FromFile(path);
  writer.join();
  ASSERT_TRUE(source.ok()) << source.status();
  EXPECT_EQ(source->text(), text);
}

TEST(SourceBufferTest, ReadsStandardInput) {
  ASSERT_NE(std::freopen(WriteFile("stdin.ruff", "print(1)").c_str(), "rb", stdin), nullptr);
  const auto source = SourceBuffer::FromStdin();
  ASSERT_TRUE(source.ok()) << source.status();
  EXPECT_EQ(source->name(), "<stdin>");
  EXPECT_EQ(source->text(), "print(1)");
}

TEST(SourceBufferTest, TellsWhyReadingFailed) {
  EXPECT_EQ(SourceBuffer::FromFile(TempPath("missing.ruff")).status().message(),
            "No such file or directory (os error 2)");
  EXPECT_EQ(SourceBuffer::FromFile(testing::TempDir()).status().message(),
            "Is a directory (os error 21)");
  EXPECT_EQ(SourceBuffer::FromFile(WriteFile("latin1.ruff", "s := \"\xE9\"")).status().message(),
            "stream did not contain valid UTF-8");
  EXPECT_EQ(SourceBuffer::FromText("<eval>", "\xFF").status().message(),
            "stream did not contain valid UTF-8");
}

TEST(SourceBufferTest, SkipsOneByteOrderMark) {
  EXPECT_EQ(Source("\uFEFFx").text(), "x");
  EXPECT_EQ(Source("\uFEFF").text(), "");
  EXPECT_EQ(Source("\uFEFF\uFEFFx").text(), "\uFEFFx");
  EXPECT_EQ(Source("\uFEFFx").Locate(1), (LineColumn{1, 2}));
  EXPECT_EQ(SourceBuffer::FromFile(WriteFile("bom.ruff", "\uFEFFa\nb"))->Line(2), "b");
}

TEST(SourceBufferTest, EveryLineEndCountsOnce) {
  const SourceBuffer source = Source("a\nb\r\nc\rd\n\re\r\r\n");
  const std::vector<std::string> lines = {"a", "b", "c", "d", "", "e", "", ""};
  ASSERT_EQ(source.line_count(), lines.size());
  for (uint32_t line = 1; line <= lines.size(); ++line)
    EXPECT_EQ(source.Line(line), lines[line - 1]);
  EXPECT_EQ(source.Locate(0), (LineColumn{1, 1}));
  EXPECT_EQ(source.Locate(1), (LineColumn{1, 2}));
  EXPECT_EQ(source.Locate(2), (LineColumn{2, 1}));
  EXPECT_EQ(source.Locate(5), (LineColumn{3, 1}));
  EXPECT_EQ(source.Locate(7), (LineColumn{4, 1}));
  EXPECT_EQ(source.Locate(source.size()), (LineColumn{8, 1}));
}

TEST(SourceBufferTest, EmptyTextHasOneEmptyLine) {
  const SourceBuffer source = Source("");
  EXPECT_EQ(source.line_count(), 1u);
  EXPECT_EQ(source.Line(1), "");
  EXPECT_EQ(source.Locate(0), (LineColumn{1, 1}));
}

TEST(SourceBufferTest, AColumnIsOneCharacter) {
  const SourceBuffer source = Source("\té😀x\n\t\ty");
  EXPECT_EQ(source.Locate(1), (LineColumn{1, 2}));
  EXPECT_EQ(source.Locate(3), (LineColumn{1, 3}));
  EXPECT_EQ(source.Locate(7), (LineColumn{1, 4}));
  EXPECT_EQ(source.Locate(8), (LineColumn{1, 5}));
  EXPECT_EQ(source.Locate(11), (LineColumn{2, 3}));
}

// Blocks of counted characters must not show: every place of a text of several blocks, compared
// with a plain count.
TEST(SourceBufferTest, AgreesWithAPlainCountEverywhere) {
  std::string text;
  for (int i = 0; text.size() < 5000; ++i) {
    text += i % 7 == 0 ? "😀" : i % 3 == 0 ? "é" : "a";
    if (i % 900 == 899) text += i % 2 == 0 ? "\r\n" : "\n";
  }
  const SourceBuffer source = Source(text);
  LineColumn expected = {1, 1};
  for (uint32_t offset = 0; offset < text.size(); offset += Utf8Length(text[offset])) {
    ASSERT_EQ(source.Locate(offset), expected) << offset;
    if (text[offset] == '\n') {
      expected = {expected.line + 1, 1};
    } else {
      ++expected.column;
    }
  }
  EXPECT_EQ(source.Locate(source.size()), expected);
}

TEST(SourceBufferTest, SurvivesAMove) {
  SourceBuffer first = Source("a\nb");
  EXPECT_EQ(first.Locate(2), (LineColumn{2, 1}));
  const SourceBuffer second = std::move(first);
  EXPECT_EQ(second.Locate(2), (LineColumn{2, 1}));
  EXPECT_EQ(second.Line(2), "b");
}

}  // namespace
}  // namespace ruff
