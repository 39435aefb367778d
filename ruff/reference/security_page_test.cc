#include "ruff/reference/security_page.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/vm/capability.h"
#include "testing/base/file_text.h"

namespace ruff {
namespace {

TEST(SecurityPageTest, PageIsCurrent) {
  EXPECT_TRUE(ReadFileText("docs/security.md") == SecurityPage())
      << "run: bazel run //ruff/reference:update_reference";
}

TEST(SecurityPageTest, HasEveryGatedBuiltin) {
  const std::string page = SecurityPage();
  for (const NativeFunction* native : AllNatives()) {
    if (native->capability == Capability::kNone) continue;
    const bool is_method = (native->flags & NativeFunction::kHidden) != 0;
    EXPECT_TRUE(absl::StrContains(
        page, absl::StrCat("`", is_method ? native->message_name() : native->name, "`")))
        << native->name;
  }
}

}  // namespace
}  // namespace ruff
