#include "ruff/tooling/test_runner/test_plan.h"

#include <algorithm>
#include <optional>

namespace ruff {
namespace {

constexpr size_t kFile = 0;

struct Group {
  std::optional<size_t> parent;  // nothing: the file
  std::optional<uint32_t> setup;
  std::optional<uint32_t> teardown;
};

}  // namespace

std::vector<PlannedTest> PlanTests(const std::vector<TestBlock>& blocks) {
  // A hook may follow the tests it holds for, so the groups come first.
  std::vector<Group> groups(1);
  std::vector<std::pair<const TestBlock*, size_t>> tests;  // with their group
  size_t group = kFile;
  for (const TestBlock& block : blocks) {
    switch (block.type) {
      case TestBlock::Type::kGroupBegin:
        groups.push_back({.parent = group});
        group = groups.size() - 1;
        break;
      case TestBlock::Type::kGroupEnd:
        group = *groups[group].parent;
        break;
      case TestBlock::Type::kSetup:
        groups[group].setup = block.function;
        break;
      case TestBlock::Type::kTeardown:
        groups[group].teardown = block.function;
        break;
      case TestBlock::Type::kTest:
        tests.emplace_back(&block, group);
        break;
    }
  }

  std::vector<PlannedTest> plan;
  plan.reserve(tests.size());
  for (const auto& [block, innermost] : tests) {
    PlannedTest& test = plan.emplace_back();
    test.name = block->name;
    test.body = block->function;
    for (std::optional<size_t> g = innermost; g.has_value(); g = groups[*g].parent) {
      if (groups[*g].setup.has_value()) test.setups.push_back(*groups[*g].setup);
      if (groups[*g].teardown.has_value()) test.teardowns.push_back(*groups[*g].teardown);
    }
    std::reverse(test.setups.begin(), test.setups.end());
  }
  return plan;
}

}  // namespace ruff
