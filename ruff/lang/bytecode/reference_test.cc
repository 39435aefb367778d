#include "ruff/lang/bytecode/reference.h"

#include <fstream>
#include <iterator>
#include <string>

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(BytecodeReference, PageIsCurrent) {
  std::ifstream file("docs/bytecode.md", std::ios::binary);
  const std::string page((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_TRUE(page == BytecodeReference())
      << "run: bazel run //ruff/lang/bytecode:update_reference";
}

}  // namespace
}  // namespace ruff
