#include "testing/fuzz/mutate_decisions.h"

#include <algorithm>

namespace ruff::fuzz {
namespace {

using generator::Choice;
using generator::PartBytes;
using generator::SeededDecisions;
using generator::TracedDecisions;

std::span<const uint8_t> BytesOf(std::span<const uint8_t> input, const PartBytes& part) {
  return input.subspan(part.begin, part.end - part.begin);
}

// `input` with the bytes from `begin` to `end` replaced.
Bytes Replace(std::span<const uint8_t> input, size_t begin, size_t end,
              std::span<const uint8_t> replacement, size_t max_size) {
  Bytes result(input.begin(), input.begin() + static_cast<ptrdiff_t>(begin));
  result.insert(result.end(), replacement.begin(), replacement.end());
  result.insert(result.end(), input.begin() + static_cast<ptrdiff_t>(end), input.end());
  result.resize(std::min(result.size(), max_size));
  return result;
}

Bytes ChangeChoice(const TracedDecisions& trace, std::span<const uint8_t> input,
                   SeededDecisions& random, size_t max_size) {
  const Choice& choice = trace.choices()[random.Below(trace.choices().size())];
  uint64_t value = random.Below(choice.bound);
  Bytes bytes(choice.end - choice.begin);
  for (size_t i = bytes.size(); i-- > 0; value >>= 8) bytes[i] = static_cast<uint8_t>(value);
  return Replace(input, choice.begin, choice.end, bytes, max_size);
}

// A part of `trace` of that kind, null if there is none.
const PartBytes* PartOfKind(const TracedDecisions& trace, uint8_t kind, SeededDecisions& random) {
  std::vector<const PartBytes*> found;
  for (const PartBytes& part : trace.parts()) {
    if (part.kind == kind) found.push_back(&part);
  }
  return found.empty() ? nullptr : found[random.Below(found.size())];
}

}  // namespace

Bytes MutateDecisions(const TracedDecisions& trace, std::span<const uint8_t> input, size_t max_size,
                      uint32_t seed) {
  SeededDecisions random(seed);
  if (trace.choices().empty()) return Bytes(std::min<size_t>(16, max_size), 1);
  if (trace.parts().empty() || random.Below(2) == 0) {
    return ChangeChoice(trace, input, random, max_size);
  }
  const PartBytes& part = trace.parts()[random.Below(trace.parts().size())];
  switch (random.Below(3)) {
    case 0:
      return Replace(input, part.begin, part.end, {}, max_size);
    case 1:
      return Replace(input, part.end, part.end, BytesOf(input, part), max_size);
    default:
      return Replace(input, part.begin, part.end,
                     BytesOf(input, *PartOfKind(trace, part.kind, random)), max_size);
  }
}

Bytes CrossDecisions(const TracedDecisions& trace, std::span<const uint8_t> input,
                     const TracedDecisions& other_trace, std::span<const uint8_t> other,
                     size_t max_size, uint32_t seed) {
  SeededDecisions random(seed);
  if (!trace.parts().empty()) {
    const PartBytes& part = trace.parts()[random.Below(trace.parts().size())];
    if (const PartBytes* donor = PartOfKind(other_trace, part.kind, random)) {
      return Replace(input, part.begin, part.end, BytesOf(other, *donor), max_size);
    }
  }
  return Replace(input, 0, 0, {}, max_size);
}

}  // namespace ruff::fuzz
