// A pattern (the first line) and a text (the rest) through all that is done with regular
// expressions, and the answers must agree. RE2 is linear in the text for each match, and there may
// be as many matches: the text is kept short.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ruff/base/check.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/fuzz/sandbox.h"
#include "ruff/runtime/value/array.h"

namespace ruff {
namespace {

constexpr size_t kMaxInput = 1024;

std::string_view ElementText(const Ref& array, uint64_t i) {
  return TextOf(ArrayGet(array.As<Array>(), i));
}

void Check(const std::string& pattern, const std::string& text) {
  fuzz::Sandbox sandbox;
  const Ref matches = sandbox.MustCall("regex_match", {S(text), S(pattern)});
  const Ref found = sandbox.MustCall("regex_find_all", {S(text), S(pattern)});
  const Ref parts = sandbox.MustCall("regex_split", {S(text), S(pattern)});
  const Ref removed = sandbox.MustCall("regex_replace", {S(text), S(pattern), S("")});
  const Ref kept = sandbox.MustCall("regex_replace", {S(text), S(pattern), S("$0")});
  (void)sandbox.MustCall("regex_replace", {S(text), S(pattern), S(text)});
  const uint64_t count = found.As<Array>()->size;
  RUFF_CHECK(matches.get().b == (count > 0));
  RUFF_CHECK(TextOf(kept.get()) == text);
  if (pattern.empty() || text.empty()) return;
  // The parts, with the matches between them, are the text.
  RUFF_CHECK(parts.As<Array>()->size == count + 1);
  std::string whole;
  std::string rest;
  for (uint64_t i = 0; i <= count; ++i) {
    whole += ElementText(parts, i);
    rest += ElementText(parts, i);
    if (i < count) whole += ElementText(found, i);
  }
  RUFF_CHECK(whole == text);
  RUFF_CHECK(TextOf(removed.get()) == rest);
}

}  // namespace
}  // namespace ruff

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string input = ruff::fuzz::TextFromBytes(data, std::min(size, ruff::kMaxInput));
  const size_t end = std::min(input.find('\n'), input.size());
  ruff::Check(input.substr(0, end), input.substr(std::min(end + 1, input.size())));
  return 0;
}
