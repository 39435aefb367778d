#include "testing/fuzz/generated.h"

#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ruff/async/run_program.h"
#include "ruff/base/check.h"
#include "testing/generator/decisions.h"
#include "testing/generator/family.h"
#include "testing/generator/sink.h"

namespace ruff::fuzz {
namespace {

constexpr uint64_t kMaxInstructions = 20'000'000;
constexpr uint64_t kMaxMemory = 512u << 20;

// What the program wrote to standard output: without the lines about uncaught errors.
std::string StandardOutput(std::string_view output) {
  std::string result;
  for (std::string_view line : absl::StrSplit(output, '\n')) {
    if (!absl::StartsWith(line, "! ")) absl::StrAppend(&result, line, "\n");
  }
  if (!result.empty()) result.pop_back();
  return result;
}

[[noreturn]] void Fail(std::string_view what, std::string_view program, uint64_t seed) {
  std::fprintf(stderr, "%s\nseed %s\n----\n%s\n", std::string(what).c_str(),
               absl::StrCat(seed).c_str(), std::string(program).c_str());
  std::abort();
}

}  // namespace

void RunGenerated(std::string_view family_name, uint64_t max_size, const uint8_t* data,
                  size_t size) {
  generator::ByteDecisions decisions(std::span(data, size));
  const generator::Family* family = generator::FindFamily(family_name);
  RUFF_CHECK(family != nullptr);
  const generator::Kind& kind = family->kinds[decisions.Below(family->kinds.size())];
  const uint64_t elements = 1 + decisions.Below(max_size);
  RunOptions options;
  options.seed = 1 + decisions.Below(256);
  options.vm.switch_dispatch = decisions.Below(2) == 1;
  options.vm.max_instructions = kMaxInstructions;
  options.vm.max_memory = kMaxMemory;

  generator::Sink sink;
  generator::Expectation expectation;
  kind.write(decisions, elements, sink, expectation);
  if (!expectation.known) return;
  const ProgramRun run = RunProgram(sink.text(), options);
  if (run.exit_code != expectation.exit_code) {
    Fail(absl::StrCat("exit code ", run.exit_code, ", expected ", expectation.exit_code, "\n",
                      run.output),
         sink.text(), options.seed);
  }
  if (StandardOutput(run.output) != expectation.output) {
    Fail(absl::StrCat("printed\n", run.output, "expected\n", expectation.output), sink.text(),
         options.seed);
  }
}

}  // namespace ruff::fuzz
