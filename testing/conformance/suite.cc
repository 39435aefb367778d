#include "testing/conformance/suite.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

namespace fs = std::filesystem;

// Copies files, not links to them: a case must not be able to write through to its original.
bool CopyArea(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::copy(from, to, fs::copy_options::recursive, error);
  return !error;
}

std::vector<TestCase> Select(std::vector<TestCase> cases, const SuiteOptions& options) {
  std::erase_if(cases, [&](const TestCase& test) {
    return test.name.find(options.filter) == std::string::npos;
  });
  std::vector<TestCase> selected;
  for (size_t i = options.shard; i < cases.size(); i += options.shards) {
    selected.push_back(std::move(cases[i]));
  }
  return selected;
}

// Makes `test` expect what happened; true when that changed a file.
bool Update(const std::string& directory, const ProcessResult& result, TestCase* test) {
  if (!result.started || result.timed_out || result.signal != 0) return false;
  const std::string stem = absl::StrCat(directory, "/", test->name);
  bool changed = false;
  if (!test->has_out || test->out != result.out) {
    changed |= WriteFileText(stem + ".out", result.out);
    test->has_out = true;
    test->out = result.out;
  }
  if (test->exit_code != result.exit_code) {
    changed |= WriteFileText(stem + ".exit", absl::StrCat(result.exit_code, "\n"));
    test->exit_code = result.exit_code;
  }
  return changed;
}

class Suite {
 public:
  Suite(const SuiteOptions& options, std::vector<TestCase> cases, std::ostream& report)
      : options_(options), cases_(std::move(cases)), report_(report) {}

  int Run() {
    std::vector<std::thread> jobs;
    const size_t count = std::min<size_t>(std::max(options_.jobs, 1), cases_.size());
    for (size_t i = 0; i < count; ++i) jobs.emplace_back([this] { RunJob(); });
    for (std::thread& job : jobs) job.join();
    return Summarize();
  }

 private:
  void RunJob() {
    const TempDir directory;
    if (!CopyArea(options_.area, directory.path())) {
      const std::lock_guard lock(mutex_);
      cannot_run_ = true;
      return;
    }
    for (size_t i; (i = next_.fetch_add(1)) < cases_.size();) RunOne(&cases_[i], directory.path());
  }

  void RunOne(TestCase* test, const std::string& directory) {
    if (options_.seeds == 0) RunWith(options_.settings, test, directory);
    for (int seed = 1; seed <= options_.seeds; ++seed) {
      CaseSettings settings = options_.settings;
      settings.ruff_flags.push_back(absl::StrCat("--simulate=", seed));
      if (!RunWith(settings, test, directory)) return;
    }
  }

  // Did the case pass?
  bool RunWith(const CaseSettings& settings, TestCase* test, const std::string& directory) {
    const ProcessResult result = RunCase(*test, settings, directory);
    const bool updated = !options_.update.empty() && Update(options_.update, result, test);
    const std::string complaint = Judge(*test, result);
    const std::lock_guard lock(mutex_);
    if (updated) report_ << "updated " << test->name << "\n";
    if (complaint.empty()) return true;
    failed_.push_back(test->name);
    report_ << absl::StrFormat("FAIL %s (%.2f s) %s\n%s\n", test->name, result.seconds,
                               absl::StrJoin(settings.ruff_flags, " "), complaint)
            << std::flush;
    return false;
  }

  int Summarize() {
    if (cannot_run_) {
      report_ << "cannot copy " << options_.area << "\n";
      return -1;
    }
    std::sort(failed_.begin(), failed_.end());
    report_ << cases_.size() - failed_.size() << " passed, " << failed_.size() << " failed\n";
    if (!failed_.empty()) report_ << "failed: " << absl::StrJoin(failed_, " ") << "\n";
    return static_cast<int>(failed_.size());
  }

  const SuiteOptions& options_;
  std::vector<TestCase> cases_;
  std::atomic<size_t> next_{0};

  std::mutex mutex_;  // guards what follows
  std::ostream& report_;
  std::vector<std::string> failed_;
  bool cannot_run_ = false;
};

}  // namespace

int RunSuite(const SuiteOptions& options, std::ostream& report) {
  absl::StatusOr<std::vector<TestCase>> cases = LoadCases(options.area);
  if (!cases.ok()) {
    report << cases.status().message() << "\n";
    return -1;
  }
  std::vector<TestCase> selected = Select(*std::move(cases), options);
  if (selected.empty() && options.shards == 1) {
    report << "no case is called like " << options.filter << "\n";
    return -1;
  }
  return Suite(options, std::move(selected), report).Run();
}

}  // namespace ruff
