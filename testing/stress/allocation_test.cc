// What asynchronous programs allocate, for growing numbers of elements written out in their source:
// so many objects an element, the rest does not depend on their number.

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/async/run_program.h"

namespace ruff {
namespace {

constexpr uint64_t kSizes[] = {1'000, 10'000, 100'000};
// Allocations whose number does not depend on the elements, and growth of tables by doubling.
constexpr uint64_t kConstant = 100;

struct Form {
  std::string_view name;
  std::string_view before;  // the program: before, element × n, after
  std::string_view element;
  std::string_view after;
  uint64_t allocations;  // an element: objects and buffers
  uint64_t bytes;        // an element, at the peak, of the program's heap
};
void PrintTo(const Form& form, std::ostream* out) { *out << form.name; }

constexpr std::string_view kFunctions =
    "async func now(v) { return v }\n"
    "async func later(v) {\n    await async_sleep(0)\n    return v\n}\n";

class Allocations : public testing::TestWithParam<Form> {};

TEST_P(Allocations, AreExactPerElement) {
  const Form& form = GetParam();
  for (const uint64_t size : kSizes) {
    std::string program = absl::StrCat(kFunctions, form.before);
    for (uint64_t i = 0; i < size; ++i) {
      absl::StrAppend(&program, form.element, i % 16 == 15 ? ",\n" : ", ");
    }
    absl::StrAppend(&program, form.after);
    const ProgramRun run = RunProgram(program);
    EXPECT_EQ(run.output, absl::StrCat(size, "\n"));
    EXPECT_GE(run.allocations + kConstant, form.allocations * size) << size;
    EXPECT_LE(run.allocations, form.allocations * size + kConstant) << size;
    EXPECT_LE(run.peak_bytes, form.bytes * size + 1'000'000) << size;
    EXPECT_EQ(run.live_objects, 0u) << size;
  }
}

constexpr Form kForms[] = {
    {"FreshPendingPromises", "print(len(await promise_all([", "async_sleep(0)", "])))\n", 1, 100},
    {"Timers", "print(len(await promise_all([", "async_sleep(5)", "])))\n", 1, 130},
    {"CallsThatReturnAtOnce", "print(len(await promise_all([", "now(1)", "])))\n", 1, 100},
    {"CallsThatSuspend", "print(len(await promise_all([", "later(1)", "])))\n", 3, 500},
    {"AWindow", "print(len(await promise_all([", "async_sleep(0)", "], 16)))\n", 1, 100},
    {"Settled", "print(len(await promise_all_settled([", "async_sleep(0)", "])))\n", 3, 300},
    {"Map", "print(len(await promise_map([", "1", "], now, 16)))\n", 1, 100},
    {"MapThatSuspends", "print(len(await promise_map([", "1", "], later, 16)))\n", 6, 100},
};
INSTANTIATE_TEST_SUITE_P(A, Allocations, testing::ValuesIn(kForms),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace ruff
