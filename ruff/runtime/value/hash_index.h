// The hash index of dicts and sets: open addressing with linear probing over 8-byte slots.
//
// A slot holds 32 bits of hash and the number of an entry, so that growing never looks at the keys
// and a probe looks at a key only when the hashes agree. Removal shifts the following slots back:
// there are no tombstones, and the table is never more than three quarters full.

#ifndef RUFF_RUNTIME_VALUE_HASH_INDEX_H_
#define RUFF_RUNTIME_VALUE_HASH_INDEX_H_

#include <cstdint>

namespace ruff {

class HashIndex {
 public:
  static constexpr uint32_t kNone = 0xffffffff;  // no entry

  // Plain data inside heap objects: created by Init, ended by Free.
  void Init() {
    slots_ = nullptr;
    slot_count_ = 0;
  }
  void Free();
  void CopyFrom(const HashIndex& other);  // into an Init'ed index

  bool empty() const { return slot_count_ == 0; }

  // The first entry with this hash for which `equal(entry)` holds, or kNone.
  template <typename Equal>
  uint32_t Find(uint32_t hash, Equal equal) const {
    if (slot_count_ == 0) return kNone;
    const uint64_t mask = slot_count_ - 1;
    for (uint64_t i = hash & mask;; i = (i + 1) & mask) {
      const Slot slot = slots_[i];
      if (slot.entry == kNone) return kNone;
      if (slot.hash == hash && equal(slot.entry)) return slot.entry;
    }
  }

  // Calls f(entry) for every entry with this hash.
  template <typename F>
  void ForEach(uint32_t hash, F f) const {
    Find(hash, [&f](uint32_t entry) {
      f(entry);
      return false;
    });
  }

  // Adds an entry that is not in the index; Reserve has made room.
  void Add(uint32_t hash, uint32_t entry) {
    const uint64_t mask = slot_count_ - 1;
    uint64_t i = hash & mask;
    while (slots_[i].entry != kNone) i = (i + 1) & mask;
    slots_[i] = {hash, entry};
  }
  void Remove(uint32_t hash, uint32_t entry);

  // Makes room for `entries` entries in all, keeping those present.
  void Reserve(uint64_t entries);
  bool HasRoomFor(uint64_t entries) const { return entries <= slot_count_ / 4 * 3; }
  // Forgets all entries and makes room for `entries`.
  void Reset(uint64_t entries);

 private:
  struct Slot {
    uint32_t hash;
    uint32_t entry;
  };
  Slot* slots_;
  uint64_t slot_count_;  // 0 or a power of two
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_HASH_INDEX_H_
