// Mixed asynchronous work for an hour in one virtual machine: memory stays flat, nothing is left
// open.
//
//   soak [--minutes=60] [--program=testing/stress/soak.ruff]
//
// The program repeats one round of work. At the end of each the soak looks at resident memory, the
// heap's account, open descriptors, threads, tasks and operations under way. The first fifth of the
// time, at most ten minutes, warms up; of the rest the medians of the first and the last quarter
// are compared. When the program has ended everything is released: nearly no object may be left.

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"
#include "ruff/async/async_runtime.h"
#include "ruff/lang/frontend/frontend.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/engine/engine.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"

namespace ruff::stress {
namespace {

using Clock = std::chrono::steady_clock;

#ifdef RUFF_SANITIZE
constexpr int64_t kResidentSlack = 512 << 20;  // freed memory stays in quarantine
#else
constexpr int64_t kResidentSlack = 4 << 20;
#endif

// What is looked at. Each may grow by `slack` and a hundredth between the two quarters.
enum Figure { kResident, kHeap, kObjects, kDescriptors, kThreads, kTasks, kOperations, kFigures };
constexpr struct {
  const char* name;
  int64_t slack;
} kBounds[kFigures] = {{"resident bytes", kResidentSlack},
                       {"heap bytes", 1 << 20},
                       {"heap objects", 10'000},
                       {"descriptors", 0},
                       {"threads", 0},
                       {"tasks", 20},
                       {"operations", 0}};

// Objects that an engine makes when it first needs them: methods and names.
constexpr int64_t kKept = 50;

struct Sample {
  double seconds;  // since the start
  int64_t figures[kFigures];
};

int64_t EntriesOf(const char* folder) {
  DIR* entries = opendir(folder);
  if (entries == nullptr) return 0;
  int64_t count = 0;
  while (readdir(entries) != nullptr) ++count;
  closedir(entries);
  return count - 3;  // ".", "..", and the descriptor of the folder itself among the descriptors
}

int64_t ResidentBytes() {
  const std::string text = ReadFileText("/proc/self/statm").value_or("");
  const char* resident = strchr(text.c_str(), ' ');
  return resident == nullptr ? 0 : atoll(resident) * sysconf(_SC_PAGESIZE);
}

class Soak {
 public:
  explicit Soak(double minutes) : seconds_(minutes * 60) {}

  // False when the time is over or a round's sum is not that of the first.
  bool EndRound(Vm& vm, int64_t sum) {
    auto& scheduler = static_cast<Scheduler&>(*vm.async());
    if (samples_.empty()) sum_ = sum;
    wrong_ |= sum != sum_;
    const double seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
    samples_.push_back(
        {seconds,
         {ResidentBytes(), static_cast<int64_t>(vm.heap()->bytes_in_use()),
          static_cast<int64_t>(vm.heap()->object_count()), EntriesOf("/proc/self/fd"),
          EntriesOf("/proc/self/task"), static_cast<int64_t>(scheduler.tasks()),
          static_cast<int64_t>(scheduler.poller().in_flight())}});
    if (seconds >= next_line_) {
      Print(samples_.back());
      next_line_ = seconds + std::min(60.0, seconds_ / 10);
    }
    return seconds < seconds_ && !wrong_;
  }

  const std::string& folder() const { return folder_.path(); }

  // Compares; true when nothing grows.
  bool Flat() const {
    if (wrong_) std::printf("FAILED: a round computes another sum than the first\n");
    bool flat = !wrong_;
    const double warm = std::min(seconds_ / 5, 600.0);
    std::vector<Sample> measured;
    for (const Sample& sample : samples_) {
      if (sample.seconds >= warm) measured.push_back(sample);
    }
    std::printf("%zu rounds in %.0f s, %zu of them after warming up\n", samples_.size(),
                samples_.empty() ? 0 : samples_.back().seconds, measured.size());
    const size_t quarter = measured.size() / 4;
    if (quarter == 0) {
      std::printf("FAILED: too few rounds\n");
      return false;
    }
    for (int figure = 0; figure < kFigures; ++figure) {
      const int64_t first = Median(absl::MakeSpan(measured).first(quarter), figure);
      const int64_t last = Median(absl::MakeSpan(measured).last(quarter), figure);
      const int64_t bound = kBounds[figure].slack == 0 ? 0 : kBounds[figure].slack + first / 100;
      const bool good = last - first <= bound;
      flat &= good;
      std::printf("%-15s %12" PRId64 " then %12" PRId64 ": %+" PRId64 ", allowed %" PRId64 "%s\n",
                  kBounds[figure].name, first, last, last - first, bound, good ? "" : "  FAILED");
    }
    return flat;
  }

 private:
  static int64_t Median(absl::Span<const Sample> samples, int figure) {
    std::vector<int64_t> values;
    for (const Sample& sample : samples) values.push_back(sample.figures[figure]);
    std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
    return values[values.size() / 2];
  }

  void Print(const Sample& sample) const {
    std::printf("%6.0f s, round %6zu", sample.seconds, samples_.size());
    for (int figure = 0; figure < kFigures; ++figure) {
      std::printf(", %s %" PRId64, kBounds[figure].name, sample.figures[figure]);
    }
    std::printf("\n");
    std::fflush(stdout);
  }

  const Clock::time_point begin_ = Clock::now();
  const double seconds_;
  const TempDir folder_;
  std::vector<Sample> samples_;
  double next_line_ = 0;
  int64_t sum_ = 0;
  bool wrong_ = false;
};

Soak* soak = nullptr;  // that of the builtins

constexpr NativeFunction kBuiltins[] = {
    {.name = "soak_folder",
     .min_args = 0,
     .max_args = 0,
     .body = [](NativeContext&, Value*,
                uint32_t) { return Value::Heap(NewString(soak->folder())); }},
    {.name = "soak_round",
     .min_args = 1,
     .max_args = 1,
     .body =
         [](NativeContext& context, Value* args, uint32_t) {
           return Value::Bool(soak->EndRound(static_cast<Vm&>(context), args[0].i));
         }},
};

class Reporter final : public ErrorReporter {
 public:
  void Uncaught(std::string_view message, Value, const ErrorSite&) override {
    std::printf("FAILED: uncaught: %s\n", std::string(message).c_str());
  }
  void MoreUnhandled(uint64_t count) override {
    std::printf("FAILED: %" PRIu64 " more uncaught\n", count);
  }
};

// Runs the program to its end and releases it; the objects that are left, or -1 when it fails.
int64_t Run(std::unique_ptr<Module> module, std::unique_ptr<SourceBuffer> source) {
  Engine engine(VmOptions(), "");
  Reporter reporter;
  std::unique_ptr<AsyncRuntime> runtime = NewAsyncRuntime(engine.vm(), reporter);
  LinkedModule* linked = engine.Link(std::move(module), std::move(source));
  const Ref main(engine.FileFunction(linked));
  // What an engine makes when it is first needed counts for nobody.
  engine.Prelude("__start_thunks");
  Heap* heap = engine.vm().heap();
  const uint64_t objects = heap->object_count();
  if (runtime->RunMain(main.As<Function>()) != 0) return -1;
  runtime.reset();
  linked->ReleaseGlobals();
  Release(std::exchange(engine.vm().result, Value::Null()));
  Release(std::exchange(engine.vm().error, Value::Null()));
  heap->CollectCycles();
  return static_cast<int64_t>(heap->object_count() - objects);
}

int Main(double minutes, const std::string& path) {
  const auto text = ReadFileText(path);
  if (!text.has_value()) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    return EXIT_FAILURE;
  }
  Soak one(minutes);
  soak = &one;
  AddNatives(kBuiltins);
  RegisterAsyncBuiltins();
  auto source = SourceBuffer::FromText("soak.ruff", *text);
  DiagnosticList diagnostics;
  Phase failed;
  std::unique_ptr<Module> module =
      source.ok() ? CompileSource(*source, FrontendOptions(), &diagnostics, &failed) : nullptr;
  if (module == nullptr) {
    std::fprintf(stderr, "the program does not compile: %s\n",
                 diagnostics.empty() ? "" : diagnostics[0].message.c_str());
    return EXIT_FAILURE;
  }
  const int64_t left = Run(std::move(module), std::make_unique<SourceBuffer>(*std::move(source)));
  std::printf("objects left at the end: %" PRId64 "\n", left);
  return one.Flat() && left >= 0 && left <= kKept ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace ruff::stress

int main(int argc, char** argv) {
  double minutes = 60;
  std::string program = "testing/stress/soak.ruff";
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    if (absl::ConsumePrefix(&argument, "--program=")) {
      program = argument;
    } else if (!absl::ConsumePrefix(&argument, "--minutes=") ||
               !absl::SimpleAtod(argument, &minutes)) {
      std::fprintf(stderr, "usage: soak [--minutes=60] [--program=FILE]\n");
      return EXIT_FAILURE;
    }
  }
  return ruff::stress::Main(minutes, program);
}
