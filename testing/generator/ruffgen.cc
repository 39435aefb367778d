// ruffgen: writes generated Ruff programs and what they must print.

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "testing/generator/family.h"

ABSL_FLAG(std::string, family, "", "literals, promises, programs or damage");
ABSL_FLAG(std::string, kind, "", "one kind of the family (default: the seed chooses)");
ABSL_FLAG(uint64_t, seed, 1, "where all choices come from: same seed, same bytes");
ABSL_FLAG(uint64_t, size, 100, "about how many elements or statements");
ABSL_FLAG(
    std::string, emit, "program",
    "program; expected (output, then a line `exit N`); both: the program, then the expectation "
    "as comment lines `#> …`");
ABSL_FLAG(bool, list, false, "list families and kinds");

namespace ruff::generator {
namespace {

constexpr int kUsageError = 2;
constexpr int kWriteError = 5;

void List(Sink& out) {
  for (const Family& family : Families()) {
    out.Write(family.name, ": ", family.summary, "\n");
    for (const Kind& kind : family.kinds) out.Write("    ", kind.name, ": ", kind.summary, "\n");
  }
}

int UsageError(std::string_view message) {
  std::fprintf(stderr, "ruffgen: %s (see --help, --list)\n", std::string(message).c_str());
  return kUsageError;
}

void EmitExpectation(const Expectation& expectation, std::string_view prefix, Sink& out) {
  if (!expectation.known) {
    out.Write(prefix, "any orderly end\n");
    return;
  }
  for (std::string_view line : absl::StrSplit(expectation.output, '\n', absl::SkipEmpty())) {
    out.Write(prefix, line, "\n");
  }
  out.Write(prefix, "exit ", expectation.exit_code, "\n");
}

int Main() {
  Sink out(stdout);
  if (absl::GetFlag(FLAGS_list)) {
    List(out);
    return out.Flush() ? 0 : kWriteError;
  }
  const Family* family = FindFamily(absl::GetFlag(FLAGS_family));
  if (family == nullptr) return UsageError("--family must name a family");
  const std::string emit = absl::GetFlag(FLAGS_emit);
  if (emit != "program" && emit != "expected" && emit != "both") {
    return UsageError("--emit must be program, expected or both");
  }
  const uint64_t size = absl::GetFlag(FLAGS_size);
  if (size == 0) return UsageError("--size must be at least 1");

  SeededDecisions decisions(absl::GetFlag(FLAGS_seed));
  const Kind* kind = &family->kinds[decisions.Below(family->kinds.size())];
  const std::string kind_name = absl::GetFlag(FLAGS_kind);
  if (!kind_name.empty()) kind = FindKind(*family, kind_name);
  if (kind == nullptr) return UsageError(absl::StrCat("the family has no kind '", kind_name, "'"));

  Expectation expectation;
  if (emit == "expected") {
    std::FILE* nowhere = std::fopen("/dev/null", "w");
    if (nowhere == nullptr) return kWriteError;
    Sink discarded(nowhere);
    kind->write(decisions, size, discarded, expectation);
    std::fclose(nowhere);
  } else {
    kind->write(decisions, size, out, expectation);
  }
  if (emit != "program") EmitExpectation(expectation, emit == "both" ? "#> " : "", out);
  return out.Flush() ? 0 : kWriteError;
}

}  // namespace
}  // namespace ruff::generator

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "writes generated Ruff programs and what they must print\n\n"
      "  ruffgen --list\n"
      "  ruffgen --family promises --kind all --seed 7 --size 100000 > all.ruff\n"
      "  ruffgen --family promises --kind all --seed 7 --size 100000 --emit expected");
  absl::ParseCommandLine(argc, argv);
  return ruff::generator::Main();
}
