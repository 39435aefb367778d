#include "testing/stress/run_generated.h"

#include <cstdio>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "testing/base/subprocess.h"
#include "testing/base/temp_dir.h"
#include "testing/base/text_diff.h"
#include "testing/generator/decisions.h"
#include "testing/generator/sink.h"

namespace ruff::stress {
namespace {

std::string Command(const Job& job, const RunSettings& settings) {
  return absl::StrCat("  ./bazelw run //testing/generator:ruffgen -- --family ", job.family->name,
                      " --kind ", job.kind->name, " --seed ", job.seed, " --size ", job.size,
                      " > /tmp/generated.ruff && ./bazelw run //ruff:cli -- run ",
                      absl::StrJoin(settings.flags, " "), settings.flags.empty() ? "" : " ",
                      "/tmp/generated.ruff\n");
}

bool WriteProgram(const Job& job, const std::string& path, generator::Expectation* expectation) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"),
                                                             &std::fclose);
  if (file == nullptr) return false;
  generator::SeededDecisions decisions(job.seed);
  generator::Sink sink(file.get());
  job.kind->write(decisions, job.size, sink, *expectation);
  return sink.Flush();
}

// What is wrong with the run, empty if nothing.
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

std::string RunJob(const Job& job, const RunSettings& settings) {
  const TempDir dir;
  const std::string path = dir.Join("generated.ruff");
  generator::Expectation expectation;
  if (!WriteProgram(job, path, &expectation)) return "the program cannot be written to " + path;
  ProcessSpec spec;
  spec.command = {settings.binary, "run"};
  spec.command.insert(spec.command.end(), settings.flags.begin(), settings.flags.end());
  spec.command.push_back(path);
  spec.directory = dir.path();
  spec.output_prefix = dir.Join("run");
  spec.limit = settings.limit;
  const std::string complaint = Complaint(RunProcess(spec), expectation);
  if (complaint.empty()) return complaint;
  return absl::StrCat(complaint, "\nto repeat it:\n", Command(job, settings));
}

}  // namespace ruff::stress
