#include "testing/stress/run_generated.h"

#include <cstdio>
#include <memory>

#include "absl/strings/str_cat.h"
#include "testing/base/subprocess.h"
#include "testing/base/text_diff.h"
#include "testing/generator/decisions.h"
#include "testing/generator/sink.h"
#include "testing/stress/ceiling.h"

namespace ruff::stress {
namespace {

#ifdef RUFF_SANITIZE
constexpr bool kHasCeiling = false;  // sanitizers need memory of their own
#else
constexpr bool kHasCeiling = true;
#endif

constexpr const char* kProgram = "generated.ruff";

bool WriteProgram(const Job& job, const std::string& path, generator::Expectation* expectation) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"),
                                                             &std::fclose);
  if (file == nullptr) return false;
  generator::SeededDecisions decisions(job.seed);
  generator::Sink sink(file.get());
  job.kind->write(decisions, job.size, sink, *expectation);
  return sink.Flush();
}

// What is wrong with the outcome, empty if nothing.
std::string Complaint(const ProcessResult& result, const generator::Expectation& expectation) {
  if (!result.started) return "could not be started: " + result.err;
  if (result.timed_out) return "does not end";
  if (result.signal != 0) return absl::StrCat("ended by signal ", result.signal, "\n", result.err);
  constexpr int kInternalError = 6;
  if (!expectation.known) {
    return result.exit_code == kInternalError ? "internal error\n" + result.err : "";
  }
  if (result.exit_code != expectation.exit_code) {
    return absl::StrCat("exit code ", result.exit_code, ", expected ", expectation.exit_code, "\n",
                        result.err.substr(0, 2000));
  }
  return TextDiff(expectation.output, result.out);
}

}  // namespace

std::string Job::Name() const { return absl::StrCat(family->name, "/", kind->name); }

GeneratedProgram::GeneratedProgram(const Job& job) : job_(job) {
  written_ = WriteProgram(job, dir_.Join(kProgram), &expectation_);
}

RunResult GeneratedProgram::Run(const RunSettings& settings) const {
  if (!written_) return {.complaint = "the program cannot be written to " + dir_.path()};
  ProcessSpec spec;
  spec.command = {settings.binary, "run"};
  spec.command.insert(spec.command.end(), settings.flags.begin(), settings.flags.end());
  spec.command.push_back(dir_.Join(kProgram));
  spec.directory = dir_.path();
  spec.output_prefix = dir_.Join("run");
  spec.limit = settings.limit;
  const ProcessResult result = RunProcess(spec);
  RunResult run{Complaint(result, expectation_), result.seconds, result.peak_bytes};
  const uint64_t ceiling = Ceiling(job_.family->name, job_.kind->name, job_.size);
  if (kHasCeiling && run.complaint.empty() && run.peak_bytes > ceiling) {
    run.complaint = absl::StrCat("needs ", run.peak_bytes, " bytes of memory, ",
                                 run.peak_bytes / job_.size, " an element; allowed are ", ceiling);
  }
  return run;
}

}  // namespace ruff::stress
