// Whatever a builtin throws stands in its row: every row of this folder is called with all kinds of
// arguments, and each message must be one of the row's `errors` or its message about the number of
// arguments.

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/runtime/builtins/random_values.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

constexpr int kCalls = 400;  // of each builtin with each number of arguments

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsWordEnd(std::string_view text, size_t at) {
  return at >= text.size() || std::string_view(" ',.:()").find(text[at]) != std::string_view::npos;
}

// Does the message fit, when words in capitals and choices (`a|b`) stand for anything?
bool Fits(std::string_view message, std::string_view pattern) {
  std::vector<std::string> pieces(1);
  for (size_t at = 0; at < pattern.size();) {
    size_t end = at;
    bool open = true;
    while (!IsWordEnd(pattern, end)) open = IsUpper(pattern[end++]) && open;
    const std::string_view word = pattern.substr(at, end - at);
    if (!word.empty() && (open || word.find('|') != word.npos)) {
      pieces.emplace_back();
    } else {
      pieces.back() += word;
    }
    if (end < pattern.size()) pieces.back() += pattern[end];
    at = end + 1;
  }
  if (!message.starts_with(pieces.front())) return false;
  message.remove_prefix(pieces.front().size());
  if (pieces.size() == 1) return message.empty();
  if (!message.ends_with(pieces.back())) return false;
  message.remove_suffix(pieces.back().size());
  for (size_t i = 1; i + 1 < pieces.size(); ++i) {
    const size_t found = message.find(pieces[i]);
    if (found == message.npos) return false;
    message.remove_prefix(found + pieces[i].size());
  }
  return true;
}

bool IsDocumented(const NativeFunction& native, std::string_view message) {
  constexpr std::string_view kMoreLines = " (and lines that show it)";
  const std::string_view first_line = message.substr(0, message.find('\n'));
  if (Fits(message, ArityErrorPattern(native))) return true;
  for (std::string_view rest = native.errors; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.ends_with(kMoreLines)
            ? Fits(first_line, line.substr(0, line.size() - kMoreLines.size()))
            : Fits(message, line)) {
      return true;
    }
  }
  return false;
}

std::vector<Ref> Kinds() {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  TestContext c;
  const Ref set = c.Call("Set", {A({I(1)})});
  return {Null(),
          B(true),
          I(0),
          I(1),
          I(-3),
          I(64),
          I(std::numeric_limits<int64_t>::max()),
          F(0.5),
          F(-1e300),
          F(kInfinity),
          F(std::numeric_limits<double>::quiet_NaN()),
          S(""),
          S("abc"),
          S("é,日"),
          S("12"),
          S("a=1\na=2"),
          S("{a: [}"),
          S("a,b\n1"),
          S("a: &x 1\n---\n"),
          S("YYYY-MM-DD"),
          S("2024-02-30"),
          S("%d %f %s"),
          S("aGk"),
          Ref(NewBytes("\x01\xff")),
          A({}),
          A({I(3), I(-1), I(std::numeric_limits<int64_t>::max())}),
          A({S("x"), Null(), F(kInfinity)}),
          A({A({I(1)}), D({{"k", I(1)}})}),
          D({}),
          D({{"a", I(1)}, {"b", S("x")}}),
          D({{"n", F(kInfinity)}, {"s", set}}),
          set,
          c.Call("Queue", {A({I(1)})}),
          c.Call("Stack", {A({I(1)})}),
          Ref(FindBuiltin("len"))};
}

TEST(DocumentedErrorTest, Fits) {
  EXPECT_TRUE(Fits("insert() index -1 out of bounds for array of length 3",
                   "insert() index I out of bounds for array of length N"));
  EXPECT_TRUE(Fits("Cannot convert dict to int", "Cannot convert array|dict|null|value to int"));
  EXPECT_TRUE(Fits("Cannot parse 'x y' as float", "Cannot parse 'S' as float"));
  EXPECT_FALSE(Fits("push expects 2 arguments", "push expects 2 arguments, got K"));
  EXPECT_FALSE(Fits("push() requires a thing", "push() requires an array"));
}

TEST(DocumentedErrorTest, NothingElseIsThrown) {
  Heap heap;
  HeapScope scope(&heap);
  heap.set_limit(uint64_t{64} << 20);
  const std::vector<Ref> kinds = Kinds();
  for (const NativeFunction* native : AllNatives()) {
    if ((native->flags & (NativeFunction::kHidden | NativeFunction::kPrelude)) != 0) continue;
    if (native->name == "exit") continue;  // ends the process
    RandomValues random(1);
    for (uint32_t count = 0; count <= 4; ++count) {
      for (int i = 0; i < (count == 0 ? 1 : kCalls); ++i) {
        std::vector<Ref> args;
        while (args.size() < count) args.push_back(kinds[random.Below(kinds.size())]);
        TestContext c;
        c.Call(native->name, args);
        if (c.failure().empty() || IsDocumented(*native, c.failure())) continue;
        ADD_FAILURE() << native->name << ": " << c.failure();
        i = kCalls;
      }
    }
  }
}

}  // namespace
}  // namespace ruff
