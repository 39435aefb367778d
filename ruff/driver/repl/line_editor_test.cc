#include "ruff/driver/repl/line_editor.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace ruff {
namespace {

using Result = LineEditor::Result;

std::vector<std::string> Words(std::string_view word) {
  std::vector<std::string> found;
  for (std::string_view candidate : {"print", "print_error", "push", "pop"}) {
    if (candidate.substr(0, word.size()) == word) found.emplace_back(candidate);
  }
  return found;
}

class LineEditorTest : public testing::Test {
 protected:
  Result Press(std::string_view bytes) {
    Result result = Result::kMore;
    for (const char byte : bytes) result = editor_.Press(byte, Words);
    return result;
  }
  // The line after the keys, the cursor shown as `|`.
  std::string After(std::string_view bytes) {
    Press(bytes);
    std::string text = editor_.text();
    return text.insert(editor_.cursor(), "|");
  }

  std::vector<std::string> history_ = {"first", "second"};
  LineEditor editor_{history_};
};

constexpr std::string_view kUp = "\x1b[A";
constexpr std::string_view kDown = "\x1b[B";
constexpr std::string_view kLeft = "\x1b[D";
constexpr std::string_view kRight = "\x1b[C";

TEST_F(LineEditorTest, TakesText) {
  EXPECT_EQ(After("abc"), "abc|");
  EXPECT_EQ(After("\x7f"), "ab|");
  EXPECT_EQ(Press("\r"), Result::kLine);
  EXPECT_EQ(editor_.text(), "ab");
}

TEST_F(LineEditorTest, MovesByCharacters) {
  EXPECT_EQ(After("aé日"), "aé日|");
  EXPECT_EQ(After(kLeft), "aé|日");
  EXPECT_EQ(After(kLeft), "a|é日");
  EXPECT_EQ(After("\x7f"), "|é日");
  EXPECT_EQ(After(kLeft), "|é日");
  EXPECT_EQ(After("\x1b[3~"), "|日");
  EXPECT_EQ(After(kRight), "日|");
  EXPECT_EQ(After("\x01x"), "x|日");
  EXPECT_EQ(After("\x1b[Fy"), "x日y|");
}

TEST_F(LineEditorTest, RemovesParts) {
  EXPECT_EQ(After("one two\x17"), "one |");
  EXPECT_EQ(After("two\x1b[H\x1b[C\x0b"), "o|");
  EXPECT_EQ(After("\x15"), "|");
}

TEST_F(LineEditorTest, RecallsHistory) {
  EXPECT_EQ(After("typed"), "typed|");
  EXPECT_EQ(After(kUp), "second|");
  EXPECT_EQ(After(kUp), "first|");
  EXPECT_EQ(After(kUp), "first|");
  EXPECT_EQ(After(kDown), "second|");
  EXPECT_EQ(After(kDown), "typed|");
  EXPECT_EQ(After(kDown), "typed|");
}

TEST_F(LineEditorTest, Ends) {
  EXPECT_EQ(Press("\x04"), Result::kEnd);
  EXPECT_EQ(Press("ab\x01\x04"), Result::kMore);
  EXPECT_EQ(editor_.text(), "b");
  EXPECT_EQ(Press("\x03"), Result::kInterrupted);
}

TEST_F(LineEditorTest, CompletesWords) {
  EXPECT_EQ(After("x(pri\t"), "x(print|");
  EXPECT_EQ(editor_.TakeNotice(), "");
  EXPECT_EQ(After("\t"), "x(print|");
  EXPECT_EQ(editor_.TakeNotice(), "print  print_error");
  EXPECT_EQ(After("\x15pus\t"), "push|");
  EXPECT_EQ(After("\x15zzz\t"), "zzz|");
}

TEST_F(LineEditorTest, IgnoresWhatItDoesNotKnow) {
  EXPECT_EQ(After("a\x1b[15~\x1bOP\x1bx\x02\x06\x07"), "a|");
  EXPECT_EQ(After("\xff"), "a|");
  EXPECT_EQ(After("b"), "ab|");
}

}  // namespace
}  // namespace ruff
