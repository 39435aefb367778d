#include "ruff/lang/diagnostics/diagnostic.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(DiagnosticTest, KindsAreWellFormed) {
  for (int i = 0; i < kDiagnosticKindCount; ++i) {
    const DiagnosticTraits& traits = TraitsOf(static_cast<DiagnosticKind>(i));
    EXPECT_TRUE(traits.code.starts_with("RUF")) << traits.name;
    EXPECT_FALSE(traits.subsystem.empty()) << traits.name;
    EXPECT_FALSE(MakeDiagnostic(static_cast<DiagnosticKind>(i), 0, "x").message.empty());
  }
}

TEST(DiagnosticTest, FillsTheTemplate) {
  EXPECT_EQ(MakeDiagnostic(DiagnosticKind::kInvalidCharacter, 3, "$0").message,
            "Invalid character: '$0'");
  EXPECT_EQ(MakeDiagnostic(DiagnosticKind::kInvalidEscape, 3, "q").message,
            R"(Invalid escape sequence: \\q)");
  EXPECT_EQ(MakeDiagnostic(DiagnosticKind::kCompile, 3, "no").message, "Compilation error: no");
  EXPECT_EQ(MakeDiagnostic(DiagnosticKind::kParse, 3, "Expected expression").message,
            "Expected expression");
}

TEST(DiagnosticListTest, KeepsOrderAndDropsRepetitions) {
  DiagnosticList list;
  EXPECT_TRUE(list.empty());
  list.Append(DiagnosticKind::kParse, 7, "b");
  list.Append(DiagnosticKind::kParse, 3, "a");
  list.Append(DiagnosticKind::kParse, 7, "b");
  list.Append(DiagnosticKind::kParse, 7, "a");
  list.Append(DiagnosticKind::kParse, 7, "b");
  list.Append(DiagnosticKind::kCli, 7, "b");
  list.Append(DiagnosticKind::kCli, Diagnostic::kNowhere, "b");
  ASSERT_EQ(list.size(), 5u);
  EXPECT_EQ(list[0], MakeDiagnostic(DiagnosticKind::kParse, 7, "b"));
  EXPECT_EQ(list[1], MakeDiagnostic(DiagnosticKind::kParse, 3, "a"));
  EXPECT_EQ(list[2], MakeDiagnostic(DiagnosticKind::kParse, 7, "a"));
  EXPECT_EQ(list[3], MakeDiagnostic(DiagnosticKind::kCli, 7, "b"));
  EXPECT_EQ(list[4], MakeDiagnostic(DiagnosticKind::kCli, Diagnostic::kNowhere, "b"));
}

}  // namespace
}  // namespace ruff
