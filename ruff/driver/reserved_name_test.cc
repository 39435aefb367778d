#include "ruff/driver/reserved_name.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(ReservedNameTest, RefusesCommandsToCome) {
  for (std::string_view word : {"build", "dev", "mcp", "audit", "Workspace", "spec"}) {
    EXPECT_TRUE(absl::StartsWith(ReservedNameError(word),
                                 absl::StrCat("[RUFCLI001] [cli] error: Command name '", word,
                                              "' is reserved by the Ruff CLI.\n")));
  }
}

TEST(ReservedNameTest, RefusesNamespaces) {
  EXPECT_TRUE(absl::StartsWith(ReservedNameError("core"),
                               "[RUFCLI001] [cli] error: Namespace 'core' is reserved by Ruff "
                               "(category: reserved_namespaces).\n\n"));
}

TEST(ReservedNameTest, LeavesOtherWordsAlone) {
  EXPECT_EQ(ReservedNameError("frobnicate"), "");
  EXPECT_EQ(ReservedNameError(""), "");
}

}  // namespace
}  // namespace ruff
