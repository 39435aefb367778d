#ifndef RUFF_BASE_INDEX_TABLE_H_
#define RUFF_BASE_INDEX_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "ruff/base/bulk_vector.h"

namespace ruff {

// Finds by value what is kept elsewhere under a number: a hash table of eight bytes a slot, with
// linear probing, that asks its user whether a candidate is the one.
class IndexTable {
 public:
  static constexpr uint32_t kNone = 0xffffffff;

  // The number with this hash for which `is_equal(number)` holds, or kNone.
  template <typename F>
  uint32_t Find(uint64_t hash, F is_equal) const {
    if (slots_.empty()) return kNone;
    const uint32_t wanted = Shorten(hash);
    for (size_t at = wanted & mask();; at = (at + 1) & mask()) {
      const Slot& slot = slots_[at];
      if (slot.index == kNone) return kNone;
      if (slot.hash == wanted && is_equal(slot.index)) return slot.index;
    }
  }

  // `index`, which is not in the table and not kNone, has `hash`.
  void Add(uint64_t hash, uint32_t index) {
    if (2 * (count_ + 1) > slots_.size()) Grow();
    ++count_;
    Put({Shorten(hash), index});
  }

 private:
  struct Slot {
    uint32_t hash;
    uint32_t index;
  };

  static uint32_t Shorten(uint64_t hash) { return static_cast<uint32_t>(hash ^ hash >> 32); }
  size_t mask() const { return slots_.size() - 1; }

  void Put(Slot added) {
    size_t at = added.hash & mask();
    while (slots_[at].index != kNone) at = (at + 1) & mask();
    slots_[at] = added;
  }

  void Grow() {
    BulkVector<Slot> old = std::move(slots_);
    slots_.assign(old.empty() ? 16 : old.size() * 2, {0, kNone});
    for (const Slot& slot : old) {
      if (slot.index != kNone) Put(slot);
    }
  }

  BulkVector<Slot> slots_;  // a power of two, at most half of them in use
  size_t count_ = 0;
};

}  // namespace ruff

#endif  // RUFF_BASE_INDEX_TABLE_H_
