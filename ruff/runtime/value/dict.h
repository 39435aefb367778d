// Dictionaries: copy-on-write maps from text keys to values.
//
// Keys are strings to the program, but a key that is the canonical decimal text of a 64-bit integer
// ("5",
// "-7"; not "05", "-0", "+5") is kept as an int, so that int-keyed dicts never make strings: d[5],
// d["5"] and d[5.0] are one entry. Entries stand in a vector in insertion order, with removed ones
// left as holes until the vector is compacted; from nine entries on a hash index finds them. The
// order a program sees (ascending bytes of the key text) is computed when it is asked for and kept
// until the key set changes.
//
//    entries  [ "b" 1 | -hole- | 7 true | "a" 2 ]       size 3, used 4
//    index    [ hash|3 | - | hash|0 | - | hash|2 | - …]  open addressing, linear probing
//    order    [ 2, 3, 0 ]                               "7" < "a" < "b"

#ifndef RUFF_RUNTIME_VALUE_DICT_H_
#define RUFF_RUNTIME_VALUE_DICT_H_

#include <cstdint>
#include <string_view>

#include "ruff/runtime/value/hash_index.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

struct DictEntry {
  Value key;    // kString or kInt; Unset in a hole
  Value value;  // owned

  bool live() const { return !key.Is(Kind::kUnset); }
};

struct Dict {
  Object header;
  uint32_t size;      // keys
  uint32_t used;      // entries including holes
  uint32_t capacity;  // entries
  uint32_t ordered;   // entries before this one are in `order`
  DictEntry* entries;
  HashIndex index;  // empty up to kSmallDict entries
  uint32_t* order;  // entries by key text; complete when ordered == used and order_size == size
  uint32_t order_size;
  uint32_t order_capacity;
};
static_assert(sizeof(Dict) == 64);

inline constexpr uint32_t kSmallDict = 8;  // entries searched without an index
inline constexpr uint32_t kMaxDictSize = 0xfffffff0;

Dict* NewDict(uint32_t capacity = 0);

// Can this value be a key: a string, an int or a finite float?
bool IsDictKey(Value key);
// The integer that `text` is the canonical decimal form of.
bool ParseCanonicalInt(std::string_view text, int64_t* out);
// The form in which `key` (for which IsDictKey holds) is stored: an int or a string. One reference
// is handed over.
Value NormalizeDictKey(Value key);

// Below, `key` is any value for which IsDictKey holds, borrowed; any other key finds nothing.

// The value, borrowed; Unset when absent.
Value DictGet(const Dict* d, Value key);
// The place of the value; null when absent. Valid until the dict changes. For writing `d` is
// unique.
Value* DictFind(const Dict* d, Value key);
// Lookup of an interned, non-numeric name with a hint: the entry where it was found last time, kept
// by the call site (start with 0). Borrowed; Unset when absent.
Value DictGetNameSlow(const Dict* d, const String* name, uint32_t* hint);
inline Value DictGetName(const Dict* d, const String* name, uint32_t* hint) {
  if (*hint < d->used) {
    const DictEntry& entry = d->entries[*hint];
    if (entry.key.object == &name->header && entry.key.Is(Kind::kString)) return entry.value;
  }
  return DictGetNameSlow(d, name, hint);
}

// The following change `d`, which must be unique.
void DictSet(Dict* d, Value key, Value owned);
// The place of the value, inserted as Null if absent. `*inserted` may be null.
Value* DictFindOrInsert(Dict* d, Value key, bool* inserted);
// Removes the key; false when absent. The value is handed over in `*removed`, or released if that
// is null.
bool DictRemove(Dict* d, Value key, Value* removed);
void DictReserve(Dict* d, uint32_t keys);
// Sets every entry of `from` (which may be `d`).
void DictUpdate(Dict* d, const Dict* from);

// Consumes `owned`; returns a dict with the same entries and one owner (itself, or a copy).
Dict* UniqueDict(Dict* owned);

// Indexes into `entries` of all `d->size` keys in ascending byte order of their text. The order is
// a cache: computing it does not count as a change. Valid until the key set changes.
const uint32_t* DictOrder(const Dict* d);
// The text of a stored key as a new reference (int keys are formatted).
String* DictKeyText(Value stored_key);

// All entries in insertion order: for (const DictEntry& e : DictEntries(d)).
class DictEntries {
 public:
  class Iterator {
   public:
    Iterator(DictEntry* at, DictEntry* end) : at_(at), end_(end) { SkipHoles(); }
    DictEntry& operator*() const { return *at_; }
    Iterator& operator++() {
      ++at_;
      SkipHoles();
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    void SkipHoles() {
      while (at_ != end_ && !at_->live()) ++at_;
    }
    DictEntry* at_;
    DictEntry* end_;
  };

  explicit DictEntries(const Dict* d) : begin_(d->entries), end_(d->entries + d->used) {}
  Iterator begin() const { return Iterator(begin_, end_); }
  Iterator end() const { return Iterator(end_, end_); }

 private:
  DictEntry* begin_;
  DictEntry* end_;
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_DICT_H_
