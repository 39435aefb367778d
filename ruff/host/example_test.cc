// Runs the example of every row and compares what it prints.

#include <unistd.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"
#include "ruff/host/families.h"
#include "ruff/host/run_host_program.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

void CheckExamples(absl::Span<const NativeFunction> table) {
  for (const NativeFunction& native : table) {
    if ((native.flags & NativeFunction::kHidden) != 0) continue;
    ASSERT_FALSE(native.example.empty()) << native.name;
    ASSERT_FALSE(native.doc.empty()) << native.name;
    ASSERT_FALSE(native.signature.empty()) << native.name;
    const size_t arrow = native.example.rfind(" => ");
    const TempDir place;
    ASSERT_EQ(chdir(place.path().c_str()), 0);
    EXPECT_EQ(RunHostProgram(native.example.substr(0, arrow)),
              absl::StrCat(native.example.substr(arrow + 4), "\n"))
        << native.name;
    ASSERT_EQ(chdir("/"), 0);
  }
}

#define RUFF_FAMILY(name) \
  TEST(ExampleTest, name) { CheckExamples(name##Builtins()); }
#include "ruff/host/families.def"

}  // namespace
}  // namespace ruff
