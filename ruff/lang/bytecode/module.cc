#include "ruff/lang/bytecode/module.h"

#include <algorithm>

namespace ruff {
namespace {

constexpr uint32_t kEntriesPerMark = 64;

void AppendVarint(uint64_t value, std::vector<uint8_t>* out) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<uint8_t>(value) | 0x80);
  out->push_back(static_cast<uint8_t>(value));
}

uint64_t ReadVarint(const uint8_t** at) {
  uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    const uint8_t byte = *(*at)++;
    value |= uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return value;
  }
}

}  // namespace

void PositionTable::Add(uint32_t pc, uint32_t offset) {
  if (!bytes_.empty() && offset == last_offset_) return;
  const int64_t delta = int64_t{offset} - last_offset_;
  AppendVarint(pc - last_pc_, &bytes_);
  AppendVarint(static_cast<uint64_t>(delta) << 1 ^ static_cast<uint64_t>(delta >> 63), &bytes_);
  last_pc_ = pc;
  last_offset_ = offset;
  if (entries_++ % kEntriesPerMark == 0) marks_.push_back({pc, offset, bytes_.size()});
}

uint32_t PositionTable::Find(uint32_t pc) const {
  const auto behind = [](uint32_t wanted, const Mark& mark) { return wanted < mark.pc; };
  const auto next = std::upper_bound(marks_.begin(), marks_.end(), pc, behind);
  if (next == marks_.begin()) return 0;
  const Mark& mark = next[-1];
  uint64_t entry_pc = mark.pc;
  uint32_t offset = mark.offset;
  const uint8_t* at = bytes_.data() + mark.after;
  const uint8_t* const end = bytes_.data() + bytes_.size();
  while (at < end) {
    entry_pc += ReadVarint(&at);
    const uint64_t delta = ReadVarint(&at);
    if (entry_pc > pc) break;
    offset += static_cast<uint32_t>(delta >> 1 ^ -(delta & 1));
  }
  return offset;
}

}  // namespace ruff
