// Programs about promises: a literal list of members of many kinds under one combinator. What comes
// out (values in order, the rejection that decides) is computed while the list is written, by the
// model of promise_model.h.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "testing/generator/family.h"
#include "testing/generator/promise_helpers.h"
#include "testing/generator/promise_model.h"

namespace ruff::generator {
namespace {

constexpr int64_t kModulus = 1000003;
constexpr int64_t kMaxTurns = 4;
constexpr int64_t kSharedPromises = 4;
constexpr std::string_view kCancelled = "Task was cancelled";
constexpr std::string_view kLost =
    "Promise rejected: Failed to read file '/dev/null/x': Not a directory (os error 20)";

int64_t DigestStep(int64_t sum, int64_t value) { return (sum * 31 + value) % kModulus; }

enum class Form : uint8_t {
  kNow,
  kLater,
  kPair,
  kNested,
  kShared,
  kThunk,
  kTimed,
  kFile,
  kLostFile,
  kFail,
  kCancelled,
  kFailingThunk
};

// How often each form appears, by what the program can bear.
struct Mix {
  bool rejections = false;
  bool external = false;  // timers and files
  bool thunks = false;
  bool lost_files = false;  // rejections at an unknown time
};

constexpr int kForms = 12;

std::array<int, kForms> Weights(const Mix& mix, uint64_t size) {
  // Rarer in longer lists, so that many a list of any length is without one.
  const int failing = mix.rejections ? 1 + static_cast<int>(30 / (1 + size / 8)) : 0;
  return {30,
          30,
          8,
          6,
          6,
          mix.thunks ? 10 : 0,
          mix.external ? 4 : 0,
          mix.external ? 2 : 0,
          mix.lost_files ? 2 : 0,
          failing,
          mix.rejections ? 1 : 0,
          mix.rejections && mix.thunks ? 1 : 0};
}

// The members of one list: their model, and what they give.
struct List {
  std::vector<ModelMember> members;
  std::vector<int32_t> values;  // of member i; the text of its reason is "boom VALUE"
  std::vector<Form> forms;

  // What member i adds to a digest.
  int64_t Digest(int64_t sum, uint64_t i) const {
    if (forms[i] == Form::kFile) return DigestStep(sum, 0);
    sum = DigestStep(sum, values[i]);
    const bool two = forms[i] == Form::kPair || forms[i] == Form::kNested;
    return two ? DigestStep(sum, values[i] + 1) : sum;
  }

  std::string Reason(uint64_t i) const {
    if (forms[i] == Form::kCancelled) return std::string(kCancelled);
    if (forms[i] == Form::kLostFile) return std::string(kLost);
    return absl::StrCat("boom ", values[i]);
  }

  // The printed form of the value of member i.
  std::string Printed(uint64_t i) const {
    if (forms[i] == Form::kPair || forms[i] == Form::kNested) {
      return absl::StrCat("[", values[i], ", ", values[i] + 1, "]");
    }
    return forms[i] == Form::kFile ? "0" : absl::StrCat(values[i]);
  }
};

class ListWriter {
 public:
  ListWriter(Decisions& decisions, const Mix& mix, uint64_t size, Sink& program)
      : decisions_(decisions), weights_(Weights(mix, size)), program_(program) {
    list_.members.reserve(size);
    list_.values.reserve(size);
    list_.forms.reserve(size);
  }

  // The shared promises; the list itself is written by `Elements`.
  void Prologue() {
    used_.Add("later");
    for (int64_t i = 0; i < kSharedPromises; ++i) {
      shared_[i] = {static_cast<int32_t>(Value()), static_cast<uint8_t>(Turns())};
      program_.Write("p", i, " := later(", shared_[i].value, ", ", shared_[i].turns, ")\n");
    }
  }

  // The functions that the elements use, and `another`.
  void Epilogue(std::string_view another = {}) {
    if (!another.empty()) used_.Add(another);
    used_.Write(program_);
  }

  // `size` elements, separated by commas. The first is `first` when given.
  List Elements(uint64_t size, std::optional<Form> first = std::nullopt) {
    for (uint64_t i = 0; i < size; ++i) {
      const Decisions::Part part(decisions_, PartKind::kMember);
      const Form form = i == 0 && first ? *first : static_cast<Form>(decisions_.Weighted(weights_));
      Element(form);
      program_.Write(i % 8 == 7 ? ",\n" : ", ");
    }
    return std::move(list_);
  }

 private:
  struct Shared {
    int32_t value;
    uint8_t turns;
  };

  int64_t Value() { return decisions_.Between(0, 9999); }
  int64_t Turns() { return decisions_.Between(1, kMaxTurns); }

  template <typename... Pieces>
  void Call(std::string_view helper, const Pieces&... pieces) {
    used_.Add(helper);
    program_.Write(helper, "(", pieces...);
  }

  void Element(Form form) {
    int64_t value = Value();
    ModelMember member;
    switch (form) {
      case Form::kNow:
        Call("now", value, ")");
        break;
      case Form::kLater:
        member.turns = Turns();
        Call("later", value, ", ", member.turns, ")");
        break;
      case Form::kPair:
        member.turns = decisions_.Between(0, kMaxTurns);
        Call("pair", value, ", ", member.turns, ")");
        break;
      case Form::kNested:
        member.turns = Turns();
        program_.Write("promise_all([later(", value, ", ", member.turns, "), later(", value + 1,
                       ", 0)])");
        break;
      case Form::kShared: {
        const uint64_t which = decisions_.Below(kSharedPromises);
        value = shared_[which].value;
        member.turns = shared_[which].turns;
        member.start = static_cast<uint8_t>(which);
        program_.Write("p", which);
        break;
      }
      case Form::kThunk:
        program_.Write("func() { return ", value, " }");
        break;
      case Form::kTimed:
        member.external = true;
        Call("timed", value, ", ", decisions_.Between(1, 20), ")");
        break;
      case Form::kFile:
        member.external = true;
        Call("size", "\"/dev/null\")");
        break;
      case Form::kLostFile:
        member.external = true;
        member.rejects = true;
        Call("lost", "\"/dev/null/x\")");
        break;
      case Form::kFail:
        member.rejects = true;
        member.turns = decisions_.Between(0, kMaxTurns);
        Call("fail", value, ", ", member.turns, ")");
        break;
      case Form::kCancelled:
        member.rejects = true;
        Call("cancelled", value, ")");
        break;
      case Form::kFailingThunk:
        member.rejects = true;
        program_.Write("func() { throw(\"boom ", value, "\") }");
        break;
    }
    list_.members.push_back(member);
    list_.values.push_back(static_cast<int32_t>(value));
    list_.forms.push_back(form);
  }

  Decisions& decisions_;
  std::array<int, kForms> weights_;
  Sink& program_;
  UsedHelpers used_;
  std::array<Shared, kSharedPromises> shared_{};
  List list_;
};

void ExpectAll(const List& list, std::optional<uint64_t> rejected, Expectation& expectation) {
  if (rejected) {
    expectation.output = absl::StrCat("rejected Promise rejected: Promise ", *rejected,
                                      " rejected: ", list.Reason(*rejected), "\n");
    return;
  }
  int64_t sum = 7;
  for (uint64_t i = 0; i < list.members.size(); ++i) sum = list.Digest(sum, i);
  expectation.output = absl::StrCat("fulfilled ", list.members.size(), " ", sum, "\n");
}

// try { … } except around a call that is being written: opened by `call`, closed by `rest`.
constexpr std::string_view kReport =
    "    print(\"fulfilled\", len(values), digest(values))\n"
    "} except e { print(\"rejected\", e.message) }\n";

void WriteAll(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  const Mix mix{decisions.Chance(50), decisions.Chance(50), size <= 5000 && decisions.Chance(50)};
  ListWriter writer(decisions, mix, size, program);
  writer.Prologue();
  static constexpr std::string_view kNames[] = {"promise_all", "Promise.all", "await_all"};
  program.Write("try {\n    values := await ", kNames[decisions.Below(std::size(kNames))], "([");
  const List list = writer.Elements(size);
  program.Write("])\n", kReport);
  writer.Epilogue("digest");
  ExpectAll(list, FirstRejection(list.members, 0), expectation);
}

void WriteAllLimit(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  Mix mix;
  (decisions.Chance(50) ? mix.rejections : mix.external) = true;
  const uint64_t limit = 1 + decisions.Below(decisions.Chance(50) ? 4 : size + 3);
  ListWriter writer(decisions, mix, size, program);
  writer.Prologue();
  program.Write("try {\n    values := await promise_all([");
  const List list = writer.Elements(size);
  if (decisions.Chance(30)) {
    program.Write("], {\"concurrency\": ", limit, "})\n", kReport);
  } else {
    program.Write("], ", limit, ")\n", kReport);
  }
  writer.Epilogue("digest");
  const auto rejected = mix.rejections ? FirstRejection(list.members, limit) : std::nullopt;
  ExpectAll(list, rejected, expectation);
}

void WriteSettled(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  const bool external = decisions.Chance(50);
  const Mix mix{true, external, size <= 5000 && decisions.Chance(50), external};
  ListWriter writer(decisions, mix, size, program);
  writer.Prologue();
  program.Write("results := await promise_all_settled([");
  const List list = writer.Elements(size);
  program.Write(R"(])
values := []
reasons := []
for r in results {
    if r["status"] == "fulfilled" {
        values := push(values, r["value"])
    } else {
        reasons := push(reasons, len(r["reason"]))
    }
}
print(len(values), digest(values), len(reasons), digest(reasons))
)");
  writer.Epilogue("digest");
  uint64_t rejected = 0;
  int64_t values = 7;
  int64_t reasons = 7;
  for (uint64_t i = 0; i < size; ++i) {
    if (list.members[i].rejects) {
      ++rejected;
      reasons = DigestStep(reasons, static_cast<int64_t>(list.Reason(i).size()));
    } else {
      values = list.Digest(values, i);
    }
  }
  expectation.output =
      absl::StrCat(size - rejected, " ", values, " ", rejected, " ", reasons, "\n");
}

// What `await` of a race or an any shows when member i decides.
std::string One(const List& list, uint64_t i) {
  if (!list.members[i].rejects) return absl::StrCat("fulfilled ", list.Printed(i), "\n");
  const bool native = list.forms[i] == Form::kCancelled;
  return absl::StrCat("rejected ", native ? "Promise rejected: " : "", list.Reason(i), "\n");
}

constexpr std::string_view kReportOne =
    "    print(\"fulfilled\", value)\n"
    "} except e { print(\"rejected\", e.message) }\n";

void WriteRace(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  const Mix mix{decisions.Chance(70), decisions.Chance(50), false};
  ListWriter writer(decisions, mix, size, program);
  writer.Prologue();
  program.Write("try {\n    value := await promise_race([");
  const List list = writer.Elements(size, Form::kLater);
  program.Write("])\n", kReportOne);
  writer.Epilogue();
  expectation.output = One(list, *FirstSettled(list.members));
}

void WriteAny(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  const bool some = decisions.Chance(70);  // may fulfil
  const bool external = some && decisions.Chance(50);
  const Mix mix{true, external, false, external};
  if (!some) {
    program.Write("try {\n    value := await promise_any([");
    for (uint64_t i = 0; i < size; ++i) {
      program.Write("fail(", i, ", ", decisions.Between(0, kMaxTurns), "),\n");
    }
    program.Write("])\n", kReportOne);
    WriteHelper(program, "fail");
    expectation.output = "rejected Promise rejected: All promises were rejected\n";
    return;
  }
  ListWriter writer(decisions, mix, size, program);
  writer.Prologue();
  program.Write("try {\n    value := await promise_any([");
  const List list = writer.Elements(size, Form::kLater);
  program.Write("])\n", kReportOne);
  writer.Epilogue();
  expectation.output = One(list, *FirstFulfilled(list.members));
}

// An item says what its call does: item % 5 turns, and it throws when item / 5 % 1000 == 999.
void WriteMap(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  const bool rejections = decisions.Chance(50);
  const uint64_t limit = 1 + decisions.Below(decisions.Chance(50) ? 4 : 400);
  std::vector<ModelMember> items;
  items.reserve(size);
  int64_t sum = 7;
  std::vector<int32_t> values;
  program.Write(R"(started := 0
async func work(item) {
    started += 1
    for turn in item % 5 { await async_sleep(0) }
    if item / 5 % 1000 == 999 { throw("boom ${item}") }
    return item * 2
}
try {
    values := await promise_map([)");
  for (uint64_t i = 0; i < size; ++i) {
    const bool rejects = rejections && decisions.Below(size) < 2;
    const int64_t turns = decisions.Below(5);
    const int64_t item = (rejects ? 999 : decisions.Between(0, 998)) * 5 + turns;
    items.push_back({static_cast<uint8_t>(turns), rejects, false});
    values.push_back(static_cast<int32_t>(item));
    sum = DigestStep(sum, item * 2);
    program.Write(item, i % 16 == 15 ? ",\n" : ", ");
  }
  program.Write("], work, ", limit, R"()
    print("fulfilled", len(values), digest(values), started)
} except e { print("rejected", e.message, started) }
)");
  WriteHelper(program, "digest");
  const MapOutcome outcome = RunMap(items, limit);
  expectation.output =
      outcome.rejected
          ? absl::StrCat("rejected Promise rejected: Promise ", *outcome.rejected,
                         " rejected: boom ", values[*outcome.rejected], " ", outcome.started, "\n")
          : absl::StrCat("fulfilled ", size, " ", sum, " ", outcome.started, "\n");
}

void WriteDeep(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  const int64_t core = decisions.Between(0, 999);
  program.Write("p := later(", core, ", 2)\n");
  for (uint64_t i = 0; i < size; ++i) program.Write("p := promise_all([p])\n");
  program.Write(
      "x := await p\ndepth := 0\nwhile type(x) == \"array\" {\n    x := x[0]\n    depth += 1\n}\n"
      "print(depth, x)\n");
  WriteHelper(program, "later");
  expectation.output = absl::StrCat(size, " ", core, "\n");
}

void WriteAwaitChain(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  int64_t sum = decisions.Between(0, 999);
  program.Write("async func plus(p, v) { return await p + v }\np := later(", sum, ", 1)\n");
  for (uint64_t i = 0; i < size; ++i) {
    const int64_t value = decisions.Between(0, 9);
    sum += value;
    program.Write("p := plus(p, ", value, ")\n");
  }
  program.Write("print(await p)\n");
  WriteHelper(program, "later");
  expectation.output = absl::StrCat(sum, "\n");
}

void WriteTasks(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  int64_t sum = 7;
  program.Write("tasks := [");
  for (uint64_t i = 0; i < size; ++i) {
    const int64_t value = decisions.Between(0, 999);
    sum = DigestStep(sum, value);
    program.Write("spawn_task(func() {\n    for turn in ", decisions.Below(3),
                  " { await async_sleep(0) }\n    return ", value, "\n}),\n");
  }
  program.Write(
      "]\nvalues := []\nfor t in tasks { values := push(values, await await_task(t)) }\n"
      "print(len(values), digest(values))\n");
  WriteHelper(program, "digest");
  expectation.output = absl::StrCat(size, " ", sum, "\n");
}

void WriteChannel(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  int64_t sum = 7;
  const uint64_t capacity = decisions.Below(5);
  program.Write("ch := channel(", capacity > 0 ? absl::StrCat(capacity) : "", ")\n",
                "spawn {\n    for v in [");
  for (uint64_t i = 0; i < size; ++i) {
    const int64_t value = decisions.Between(0, 999);
    sum = DigestStep(sum, value);
    program.Write(value, i % 16 == 15 ? ",\n" : ", ");
  }
  program.Write(
      "] { ch.send(v) }\n    ch.close()\n}\nvalues := []\nfor v in ch { values := push(values, v) "
      "}\n"
      "print(len(values), digest(values))\n");
  WriteHelper(program, "digest");
  expectation.output = absl::StrCat(size, " ", sum, "\n");
}

void WriteUncaught(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  ListWriter writer(decisions, Mix{}, size, program);
  writer.Prologue();
  program.Write("print(\"start\")\nvalues := await promise_all([");
  writer.Elements(size);
  program.Write("fail(1, ", decisions.Between(0, kMaxTurns), ")])\nprint(\"not reached\")\n");
  writer.Epilogue("fail");
  expectation.output = "start\n";
  expectation.exit_code = 4;
}

// The same members twice: under a combinator, and awaited one after the other.
void WriteAwaitLoop(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  const Mix mix{decisions.Chance(50), decisions.Chance(50), false};
  ListWriter writer(decisions, mix, size, program);
  writer.Prologue();
  program.Write("func members() { return [");
  const List list = writer.Elements(size);
  program.Write(R"(] }
results := await promise_all_settled(members())
values := []
same := 0
at := 0
for p in members() {
    status := "fulfilled"
    value := null
    try {
        value := await p
        values := push(values, value)
    } except e {
        status := "rejected"
    }
    r := results[at]
    if r["status"] == status && (status == "rejected" || r["value"] == value) { same += 1 }
    at += 1
}
print(same, len(values), digest(values))
)");
  uint64_t fulfilled = 0;
  int64_t sum = 7;
  for (uint64_t i = 0; i < size; ++i) {
    if (list.members[i].rejects) continue;
    ++fulfilled;
    sum = list.Digest(sum, i);
  }
  expectation.output = absl::StrCat(size, " ", fulfilled, " ", sum, "\n");
  if (fulfilled == size) {
    program.Write("print(await promise_all(members()) == values)\n");
    expectation.output += "true\n";
  }
  writer.Epilogue("digest");
}

}  // namespace

std::span<const Kind> PromiseKinds() {
  static constexpr Kind kKinds[] = {
      {"all", "promise_all of everything, all watched at once", WriteAll},
      {"all_limit", "promise_all with a window", WriteAllLimit},
      {"settled", "promise_all_settled", WriteSettled},
      {"race", "promise_race", WriteRace},
      {"any", "promise_any", WriteAny},
      {"map", "promise_map with a limit", WriteMap},
      {"deep", "promise_all in promise_all, one for each element", WriteDeep},
      {"chain", "each call awaits the one before", WriteAwaitChain},
      {"tasks", "spawn_task and await_task", WriteTasks},
      {"channel", "a channel between two tasks", WriteChannel},
      {"await_loop", "a combinator against a loop of awaits", WriteAwaitLoop},
      {"uncaught", "a rejection nobody catches", WriteUncaught},
  };
  return kKinds;
}

}  // namespace ruff::generator
