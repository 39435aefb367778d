#include "testing/fuzz/generated.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ruff/async/run_program.h"
#include "ruff/base/check.h"
#include "testing/fuzz/mutate_decisions.h"
#include "testing/generator/decision_trace.h"
#include "testing/generator/decisions.h"
#include "testing/generator/family.h"
#include "testing/generator/sink.h"

namespace ruff::fuzz {
namespace {

constexpr uint64_t kMaxInstructions = 20'000'000;
constexpr uint64_t kMaxMemory = 512u << 20;
// Objects that may be left: names of fields stay with the shapes of the VM.
constexpr uint64_t kMaxLeft = 32;

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

struct Generated {
  generator::Sink program;
  generator::Expectation expectation;
  RunOptions options;
};

void Generate(const Target& target, generator::Decisions& decisions, Generated* generated) {
  const generator::Family* family = generator::FindFamily(target.family);
  RUFF_CHECK(family != nullptr);
  const generator::Kind& kind = family->kinds[decisions.Below(family->kinds.size())];
  const uint64_t elements = 1 + decisions.Below(target.max_size);
  RunOptions& options = generated->options;
  options.seed = 1 + decisions.Below(256);
  // In every fourth world file operations fail, one call in two to eight.
  if (options.seed % 4 == 0) options.io_fails = static_cast<uint32_t>(2 + options.seed / 4 % 7);
  options.vm.switch_dispatch = decisions.Below(2) == 1;
  options.vm.max_instructions = kMaxInstructions;
  options.vm.max_memory = kMaxMemory;
  kind.write(decisions, elements, generated->program, generated->expectation);
}

generator::TracedDecisions Trace(const Target& target, std::span<const uint8_t> input) {
  generator::TracedDecisions trace(input);
  Generated generated;
  Generate(target, trace, &generated);
  return trace;
}

}  // namespace

void RunGenerated(const Target& target, const uint8_t* data, size_t size) {
  generator::ByteDecisions decisions(std::span(data, size));
  Generated generated;
  Generate(target, decisions, &generated);
  const auto& [program, expectation, options] = generated;
  if (!expectation.known) return;
  const ProgramRun run = RunProgram(program.text(), options);
  if (run.exit_code != expectation.exit_code) {
    Fail(absl::StrCat("exit code ", run.exit_code, ", expected ", expectation.exit_code, "\n",
                      run.output),
         program.text(), options.seed);
  }
  if (StandardOutput(run.output) != expectation.output) {
    Fail(absl::StrCat("printed\n", run.output, "expected\n", expectation.output), program.text(),
         options.seed);
  }
  if (run.live_objects > kMaxLeft) {
    Fail(absl::StrCat(run.live_objects, " objects are left"), program.text(), options.seed);
  }
}

size_t MutateGenerated(const Target& target, uint8_t* data, size_t size, size_t max_size,
                       uint32_t seed) {
  const std::span<const uint8_t> input(data, size);
  const Bytes output = MutateDecisions(Trace(target, input), input, max_size, seed);
  std::copy(output.begin(), output.end(), data);
  return output.size();
}

size_t CrossGenerated(const Target& target, const uint8_t* data1, size_t size1,
                      const uint8_t* data2, size_t size2, uint8_t* out, size_t max_size,
                      uint32_t seed) {
  const std::span<const uint8_t> input(data1, size1);
  const std::span<const uint8_t> other(data2, size2);
  const Bytes output =
      CrossDecisions(Trace(target, input), input, Trace(target, other), other, max_size, seed);
  std::copy(output.begin(), output.end(), out);
  return output.size();
}

}  // namespace ruff::fuzz
