#include "ruff/runtime/value/hash_index.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "ruff/base/check.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

constexpr uint64_t kMinSlots = 16;

uint64_t SlotsFor(uint64_t entries) {
  return std::max(kMinSlots, std::bit_ceil(entries + entries / 3 + 1));
}

}  // namespace

void HashIndex::Free() {
  Heap::Current()->FreeBuffer(slots_, slot_count_ * sizeof(Slot));
  Init();
}

void HashIndex::CopyFrom(const HashIndex& other) {
  slot_count_ = other.slot_count_;
  slots_ = static_cast<Slot*>(Heap::Current()->AllocateBuffer(slot_count_ * sizeof(Slot)));
  if (slot_count_ != 0) std::memcpy(slots_, other.slots_, slot_count_ * sizeof(Slot));
}

void HashIndex::Reset(uint64_t entries) {
  const uint64_t slot_count = SlotsFor(entries);
  if (slot_count != slot_count_) {
    Free();
    slots_ = static_cast<Slot*>(Heap::Current()->AllocateBuffer(slot_count * sizeof(Slot)));
    slot_count_ = slot_count;
  }
  std::memset(slots_, 0xff, slot_count * sizeof(Slot));
}

void HashIndex::Reserve(uint64_t entries) {
  if (HasRoomFor(entries)) return;
  HashIndex old = *this;
  Init();
  Reset(entries);
  for (uint64_t i = 0; i < old.slot_count_; ++i) {
    if (old.slots_[i].entry != kNone) Add(old.slots_[i].hash, old.slots_[i].entry);
  }
  old.Free();
}

void HashIndex::Remove(uint32_t hash, uint32_t entry) {
  const uint64_t mask = slot_count_ - 1;
  uint64_t hole = hash & mask;
  while (slots_[hole].entry != entry) hole = (hole + 1) & mask;
  // Shift back every following slot whose probe sequence passes the hole.
  for (uint64_t i = (hole + 1) & mask; slots_[i].entry != kNone; i = (i + 1) & mask) {
    const uint64_t home = slots_[i].hash & mask;
    if (((i - home) & mask) >= ((i - hole) & mask)) {
      slots_[hole] = slots_[i];
      hole = i;
    }
  }
  slots_[hole].entry = kNone;
}

}  // namespace ruff
