#include "ruff/reference/stdlib_page.h"

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/async/async_runtime.h"
#include "ruff/database/database_builtins.h"
#include "ruff/host/host_builtins.h"
#include "ruff/network/network_builtins.h"
#include "ruff/reference/chapter.h"
#include "ruff/runtime/builtins/registry.h"

namespace ruff {
namespace {

TEST(StdlibPageTest, PageIsCurrent) {
  std::ifstream file("docs/stdlib.md", std::ios::binary);
  const std::string page((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_TRUE(page == StdlibPage())
      << "A row has changed. Write the page anew: bazel run //ruff/reference:update_reference";
}

// Also that no two headings of the page are one.
TEST(StdlibPageTest, EveryFunctionIsInOneChapter) {
  RegisterAsyncBuiltins();
  RegisterHostBuiltins();
  RegisterNetworkBuiltins();
  RegisterDatabaseBuiltins();
  std::set<std::string> headings;
  for (const Chapter& chapter : ReferenceChapters()) {
    EXPECT_TRUE(headings.insert(absl::AsciiStrToLower(chapter.title)).second) << chapter.title;
    for (const NativeFunction* native : chapter.functions) {
      EXPECT_TRUE(headings.insert(absl::AsciiStrToLower(native->name)).second) << native->name;
    }
  }
  for (const NativeFunction* native : AllNatives()) {
    if ((native->flags & NativeFunction::kHidden) != 0) continue;
    EXPECT_EQ(headings.count(absl::AsciiStrToLower(native->name)), 1)
        << native->name << ": name its table in ruff/reference/chapter.def";
  }
}

TEST(StdlibPageTest, EveryRowIsComplete) {
  for (const Chapter& chapter : ReferenceChapters()) {
    EXPECT_TRUE(absl::EndsWith(chapter.introduction, ".")) << chapter.title;
    for (const NativeFunction* native : chapter.functions) {
      SCOPED_TRACE(native->name);
      EXPECT_TRUE(absl::StartsWith(native->signature, absl::StrCat(native->name, "(")));
      EXPECT_TRUE(absl::StrContains(native->signature, " -> "));
      EXPECT_TRUE(absl::EndsWith(native->doc, ".") || absl::EndsWith(native->doc, "?"));
      EXPECT_FALSE(SplitExample(native->example).output.empty());
      EXPECT_TRUE(absl::StrContains(native->example, absl::StrCat(native->name, "(")));
    }
  }
}

TEST(StdlibPageTest, Arity) {
  const auto arity = [](std::string_view name) { return DescribeArity(*FindNative(name)); };
  EXPECT_EQ(arity("push"), "Takes 2 arguments.");
  EXPECT_EQ(arity("dict"), "Takes no arguments.");
  EXPECT_EQ(arity("print"), "Takes any number of arguments.");
  EXPECT_EQ(arity("format"), "Takes at least 1 argument.");
  EXPECT_EQ(arity("input"), "Takes 0 or 1 argument.");
  EXPECT_EQ(arity("assert"), "Takes 1 or 2 arguments.");
  EXPECT_EQ(arity("range"), "Takes 1 to 3 arguments.");
  EXPECT_EQ(arity("char_at"), "Takes 2 arguments; more are ignored.");
  EXPECT_EQ(arity("get"), "Takes 2 or 3 arguments; more are ignored.");
}

}  // namespace
}  // namespace ruff
