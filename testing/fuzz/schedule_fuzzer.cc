// Schedules of promises, fast: the bytes choose a combinator, its limit and its members, when each
// settles, which reject or are cancelled, and the world they run in, with failing calls of the
// operating system; a model computes the answer.
//
// promise_fuzzer covers more of the language; there, most of the time goes into compiling. Here
// one program is compiled once, and an input is the array literal in it. Every input has a fresh
// VM.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ruff/async/run_program.h"
#include "ruff/base/check.h"
#include "ruff/lang/frontend/frontend.h"
#include "testing/generator/promise_model.h"

namespace ruff::fuzz {
namespace {

constexpr size_t kMaxMembers = 16;
constexpr uint64_t kMaxLeft = 32;  // names of fields stay with the shapes of the VM

// `schedule`: combinator, limit, then form, value and turns of each member.
constexpr std::string_view kProgram = R"ruff(
schedule := [0, 0]
started := 0
async func later(value, turns) {
    for turn in turns { await async_sleep(0) }
    return value
}
async func fail(value, turns) {
    for turn in turns { await async_sleep(0) }
    throw("boom ${value}")
}
async func timed(value, ms) {
    await async_sleep(ms)
    return value
}
async func size() {
    loop {
        try { return len(await async_read_file("/dev/null")) } except e { await async_sleep(1) }
    }
}
func cancelled(value) {
    p := later(value, 3)
    cancel_task(p)
    return p
}
shared := [later(100, 1), later(101, 2), later(102, 3)]
func make(form, value, turns) {
    if form == 0 { return later(value, turns) }
    if form == 1 { return fail(value, turns) }
    if form == 2 { return shared[turns] }
    if form == 3 { return promise_all([later(value, turns), later(value, 0)]) }
    if form == 4 { return cancelled(value) }
    if form == 5 { return func() { return value } }
    if form == 6 { return func() { throw("boom ${value}") } }
    if form == 7 { return timed(value, turns + 1) }
    return size()
}
async func work(at) {
    started += 1
    for turn in schedule[at + 2] { await async_sleep(0) }
    if schedule[at] == 1 { throw("boom ${schedule[at + 1]}") }
    return schedule[at + 1]
}
list := []
places := []
at := 2
while at < len(schedule) {
    if schedule[0] == 5 {
        places := push(places, at)
    } else {
        list := push(list, make(schedule[at], schedule[at + 1], schedule[at + 2]))
    }
    at += 3
}
try {
    result := null
    if schedule[0] == 0 { result := await promise_all(list) }
    if schedule[0] == 1 { result := await promise_all(list, schedule[1]) }
    if schedule[0] == 2 {
        result := []
        for r in await promise_all_settled(list) {
            if r["status"] == "fulfilled" {
                result := push(result, r["value"])
            } else {
                result := push(result, r["reason"])
            }
        }
    }
    if schedule[0] == 3 { result := await promise_race(list) }
    if schedule[0] == 4 { result := await promise_any(list) }
    if schedule[0] == 5 { result := await promise_map(places, work, schedule[1]) }
    print(result)
} except e { print("rejected", e.message) }
print(started)
)ruff";

enum Combinator : uint8_t { kAll, kAllLimit, kSettled, kRace, kAny, kMap, kCombinators };
enum Form : uint8_t {
  kLater,
  kFail,
  kShared,
  kNested,
  kCancelled,
  kThunk,
  kFailingThunk,
  kTimed,
  kFile,
  kForms
};
constexpr int64_t kSharedValue = 100;
constexpr std::string_view kCancelledReason = "Task was cancelled";

struct Member {
  Form form;
  uint8_t value;
  uint8_t turns;

  bool rejects() const { return form == kFail || form == kCancelled || form == kFailingThunk; }
  bool external() const { return form == kTimed || form == kFile; }
  bool is_thunk() const { return form == kThunk || form == kFailingThunk; }
  bool settled() const { return is_thunk() || form == kCancelled; }

  generator::ModelMember Model() const {
    generator::ModelMember model;
    model.turns = settled() ? 0 : turns;
    model.rejects = rejects();
    model.external = external();
    if (form == kShared) {
      model.turns = turns + 1;
      model.start = turns;
    }
    return model;
  }
  std::string Printed() const {
    if (form == kFile) return "0";
    if (form == kShared) return absl::StrCat(kSharedValue + turns);
    return form == kNested ? absl::StrCat("[", value, ", ", value, "]") : absl::StrCat(value);
  }
  std::string Reason() const {
    return form == kCancelled ? std::string(kCancelledReason) : absl::StrCat("boom ", value);
  }
};

struct Schedule {
  Combinator combinator;
  uint8_t limit;
  RunOptions options;
  std::vector<Member> members;
};

// Whether the model knows what comes of a member of this form (promise_model.h).
bool Bears(Combinator combinator, bool rejections, Form form) {
  const Member member{form, 0, 0};
  if (member.rejects() && !rejections) return false;
  switch (combinator) {
    case kAllLimit:
      return !member.is_thunk() && !(member.external() && rejections);
    case kMap:
      return form == kLater || form == kFail;
    case kRace:
    case kAny:
      return !member.is_thunk();
    default:
      return true;
  }
}

// Any bytes are a schedule: a header of five, then two for each member.
Schedule Decode(std::span<const uint8_t> bytes) {
  const auto byte = [bytes](size_t i) { return i < bytes.size() ? bytes[i] : uint8_t{0}; };
  Schedule schedule;
  schedule.combinator = static_cast<Combinator>(byte(0) % kCombinators);
  schedule.limit = 1 + byte(1) % (kMaxMembers + 2);
  schedule.options.seed = 1 + byte(2);
  // In every fourth world file operations fail, one call in two to eight.
  if (byte(2) % 4 == 3) schedule.options.io_fails = 2 + byte(3) % 7;
  schedule.options.vm.switch_dispatch = byte(4) % 2 == 1;
  const bool rejections = byte(4) / 2 % 2 == 1;
  for (size_t i = 5; i + 1 < bytes.size() && schedule.members.size() < kMaxMembers; i += 2) {
    const auto form = static_cast<Form>(bytes[i] % kForms);
    const uint8_t turns = bytes[i] / kForms % (form == kShared ? 3 : 5);
    if (Bears(schedule.combinator, rejections, form)) {
      schedule.members.push_back({form, bytes[i + 1], turns});
    }
  }
  // A race is decided by what the model knows.
  const bool one = schedule.combinator == kRace || schedule.combinator == kAny;
  if (one)
    schedule.members.insert(schedule.members.begin(),
                            Member{kLater, byte(1), static_cast<uint8_t>(byte(3) % 5)});
  return schedule;
}

std::string RejectedAt(const Schedule& schedule, uint64_t i) {
  return absl::StrCat("rejected Promise rejected: Promise ", i,
                      " rejected: ", schedule.members[i].Reason(), "\n");
}

// `[a, b, …]`
template <typename Print>
std::string Listed(const Schedule& schedule, Print print) {
  std::string result = "[";
  for (const Member& member : schedule.members) {
    absl::StrAppend(&result, result.size() > 1 ? ", " : "", print(member));
  }
  return result + "]\n";
}

std::string Values(const Schedule& schedule) {
  return Listed(schedule, [](const Member& member) { return member.Printed(); });
}

std::string Expected(const Schedule& schedule) {
  std::vector<generator::ModelMember> models;
  for (const Member& member : schedule.members) models.push_back(member.Model());
  switch (schedule.combinator) {
    case kAll:
    case kAllLimit: {
      const uint64_t limit = schedule.combinator == kAll ? 0 : schedule.limit;
      const std::optional<uint64_t> rejected = generator::FirstRejection(models, limit);
      return absl::StrCat(rejected ? RejectedAt(schedule, *rejected) : Values(schedule), "0\n");
    }
    case kSettled: {
      const auto print = [](const Member& member) {
        return member.rejects() ? member.Reason() : member.Printed();
      };
      return absl::StrCat(Listed(schedule, print), "0\n");
    }
    case kRace:
    case kAny: {
      const std::optional<uint64_t> decides = schedule.combinator == kRace
                                                  ? generator::FirstSettled(models)
                                                  : generator::FirstFulfilled(models);
      RUFF_CHECK(decides.has_value());
      const Member& member = schedule.members[*decides];
      if (!member.rejects()) return absl::StrCat(member.Printed(), "\n0\n");
      const bool native = member.form == kCancelled;
      return absl::StrCat("rejected ", native ? "Promise rejected: " : "", member.Reason(),
                          "\n0\n");
    }
    default: {
      const generator::MapOutcome outcome = generator::RunMap(models, schedule.limit);
      return absl::StrCat(
          outcome.rejected ? RejectedAt(schedule, *outcome.rejected) : Values(schedule),
          outcome.started, "\n");
    }
  }
}

std::unique_ptr<SourceBuffer> Source() {
  auto source = SourceBuffer::FromText("schedule.ruff", std::string(kProgram));
  RUFF_CHECK(source.ok());
  return std::make_unique<SourceBuffer>(*std::move(source));
}

const Module& CompiledProgram() {
  static const Module* const module = [] {
    DiagnosticList diagnostics;
    Phase failed;
    std::unique_ptr<Module> compiled =
        CompileSource(*Source(), FrontendOptions(), &diagnostics, &failed);
    RUFF_CHECK(compiled != nullptr && compiled->int_arrays.size() == 1);
    return compiled.release();
  }();
  return *module;
}

std::vector<int64_t> LiteralOf(const Schedule& schedule) {
  std::vector<int64_t> literal = {schedule.combinator, schedule.limit};
  for (const Member& m : schedule.members) {
    for (const int64_t number : {m.form + 0, m.value + 0, m.turns + 0}) literal.push_back(number);
  }
  return literal;
}

[[noreturn]] void Fail(const Schedule& schedule, std::string_view what) {
  std::fprintf(stderr, "%s\nschedule := [%s]\nseed %s, one call in %s fails\n",
               std::string(what).c_str(), absl::StrJoin(LiteralOf(schedule), ", ").c_str(),
               absl::StrCat(schedule.options.seed).c_str(),
               absl::StrCat(schedule.options.io_fails).c_str());
  std::abort();
}

void RunSchedule(std::span<const uint8_t> bytes) {
  const Schedule schedule = Decode(bytes);
  const std::string expected = Expected(schedule);
  auto module = std::make_unique<Module>(CompiledProgram());
  module->int_arrays[0] = LiteralOf(schedule);
  const ProgramRun run = RunModule(std::move(module), Source(), schedule.options);
  if (run.exit_code != 0 || run.output != expected) {
    Fail(schedule, absl::StrCat("exit code ", run.exit_code, ", printed\n", run.output,
                                "expected\n", expected));
  }
  if (run.live_objects > kMaxLeft) {
    Fail(schedule, absl::StrCat(run.live_objects, " objects are left"));
  }
}

}  // namespace
}  // namespace ruff::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  ruff::fuzz::RunSchedule({data, size});
  return 0;
}
