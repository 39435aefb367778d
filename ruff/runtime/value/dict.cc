#include "ruff/runtime/value/dict.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "ruff/base/check.h"
#include "ruff/runtime/value/hash_bytes.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/value/number_text.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr uint32_t kNone = HashIndex::kNone;
constexpr uint32_t kMinCapacity = 4;

void VisitDict(Object* object, ChildVisitor& visitor) {
  auto* d = reinterpret_cast<Dict*>(object);
  static_assert(sizeof(DictEntry) == 2 * sizeof(Value));  // key and value are one run of values
  visitor.VisitValues(reinterpret_cast<Value*>(d->entries), uint64_t{d->used} * 2);
}

size_t DisposeDict(Object* object) {
  auto* d = reinterpret_cast<Dict*>(object);
  Heap* heap = Heap::Current();
  heap->FreeBuffer(d->entries, d->capacity * sizeof(DictEntry));
  heap->FreeBuffer(d->order, d->order_capacity * sizeof(uint32_t));
  d->index.Free();
  return sizeof(Dict);
}

const KindRegistration kDict(Kind::kDict, {.visit = VisitDict, .dispose = DisposeDict});

// A key in its stored form, with what finding it needs.
uint32_t HashKey(Value stored) {
  return stored.IsInt() ? static_cast<uint32_t>(HashInt(stored.i))
                        : StringHash(stored.As<String>());
}

bool KeysEqual(Value a, Value b) {
  if (a.tag != b.tag) return false;
  return a.IsInt() ? a.i == b.i : StringsEqual(a.As<String>(), b.As<String>());
}

// The entry of a key in stored form.
uint32_t FindEntry(const Dict* d, Value key) {
  if (!d->index.empty()) {
    return d->index.Find(HashKey(key),
                         [d, key](uint32_t i) { return KeysEqual(d->entries[i].key, key); });
  }
  for (uint32_t i = 0; i < d->used; ++i) {
    if (KeysEqual(d->entries[i].key, key)) return i;
  }
  return kNone;
}

// Calls f with the stored form of `key`, borrowed, without making a string for the usual kinds of
// key. Gives `otherwise` for values that cannot be keys.
template <typename T, typename F>
T WithStoredKey(Value key, T otherwise, F f) {
  if (key.IsString()) {
    int64_t i;
    if (ParseCanonicalInt(key.As<String>()->view(), &i)) return f(Value::Int(i));
    return f(key);
  }
  if (key.IsInt()) return f(key);
  if (!IsDictKey(key)) return otherwise;
  const Ref stored(NormalizeDictKey(key));
  return f(stored.get());
}

void ResizeEntries(Dict* d, uint32_t capacity) {
  d->entries = static_cast<DictEntry*>(Heap::Current()->ReallocateBuffer(
      d->entries, d->capacity * sizeof(DictEntry), capacity * sizeof(DictEntry)));
  d->capacity = capacity;
}

void BuildIndex(Dict* d) {
  d->index.Reset(d->capacity);
  for (uint32_t i = 0; i < d->used; ++i) {
    if (d->entries[i].live()) d->index.Add(HashKey(d->entries[i].key), i);
  }
}

// Closes the holes; entries are renumbered.
void Compact(Dict* d) {
  uint32_t to = 0;
  for (uint32_t from = 0; from < d->used; ++from) {
    if (d->entries[from].live()) d->entries[to++] = d->entries[from];
  }
  d->used = to;
  d->ordered = 0;
  d->order_size = 0;
  if (!d->index.empty()) BuildIndex(d);
}

void MakeRoom(Dict* d) {
  if (d->used < d->capacity) return;
  if (d->size < d->used - d->used / 4) return Compact(d);
  RUFF_CHECK(d->used < kMaxDictSize);
  ResizeEntries(d, static_cast<uint32_t>(std::min<uint64_t>(
                       kMaxDictSize, std::max<uint64_t>(kMinCapacity, uint64_t{d->capacity} * 2))));
}

// Adds an absent key in stored form (borrowed).
Value* Insert(Dict* d, Value key) {
  MakeRoom(d);
  const uint32_t entry = d->used++;
  d->entries[entry] = {Retain(key), Value::Null()};
  ++d->size;
  if (!d->index.empty()) {
    d->index.Reserve(d->used);
    d->index.Add(HashKey(key), entry);
  } else if (d->used > kSmallDict) {
    BuildIndex(d);
  }
  return &d->entries[entry].value;
}

Value* FindOrInsert(Dict* d, Value key, bool* inserted) {
  const uint32_t entry = FindEntry(d, key);
  if (inserted != nullptr) *inserted = entry == kNone;
  return entry != kNone ? &d->entries[entry].value : Insert(d, key);
}

// Makes the empty dict `to` a copy of `from`.
void CopyDict(Dict* to, const Dict* from) {
  if (from->used == 0) return;
  Heap* heap = Heap::Current();
  ResizeEntries(to, std::max(to->capacity, from->capacity));
  std::memcpy(to->entries, from->entries, from->used * sizeof(DictEntry));
  for (uint32_t i = 0; i < from->used; ++i) {
    Retain(to->entries[i].key);
    Retain(to->entries[i].value);
  }
  to->size = from->size;
  to->used = from->used;
  to->index.Free();
  to->index.CopyFrom(from->index);
  heap->FreeBuffer(to->order, to->order_capacity * sizeof(uint32_t));
  to->ordered = from->ordered;
  to->order_size = to->order_capacity = from->order_size;
  to->order = static_cast<uint32_t*>(heap->AllocateBuffer(from->order_size * sizeof(uint32_t)));
  if (from->order_size != 0) {
    std::memcpy(to->order, from->order, from->order_size * sizeof(uint32_t));
  }
}

// The text of a stored key; `buffer` has room for an int.
std::string_view KeyText(Value key, char* buffer) {
  if (key.IsInt()) return {buffer, FormatInt(key.i, buffer)};
  return key.As<String>()->view();
}

// The first eight bytes of the text as a number that compares like them.
uint64_t KeyPrefix(Value key) {
  char buffer[kMaxIntText];
  const std::string_view text = KeyText(key, buffer);
  unsigned char bytes[8] = {};
  if (!text.empty()) std::memcpy(bytes, text.data(), std::min<size_t>(8, text.size()));
  uint64_t prefix;
  std::memcpy(&prefix, bytes, 8);
  return __builtin_bswap64(prefix);
}

struct SortKey {
  uint64_t prefix;
  uint32_t entry;
};

bool KeyLess(const Dict* d, const SortKey& a, const SortKey& b) {
  if (a.prefix != b.prefix) return a.prefix < b.prefix;
  char buffer_a[kMaxIntText];
  char buffer_b[kMaxIntText];
  return KeyText(d->entries[a.entry].key, buffer_a) < KeyText(d->entries[b.entry].key, buffer_b);
}

// Drops removed keys from the order and works the new ones in.
void UpdateOrder(Dict* d) {
  const auto dead = [d](uint32_t entry) { return !d->entries[entry].live(); };
  uint32_t old_size =
      static_cast<uint32_t>(std::remove_if(d->order, d->order + d->order_size, dead) - d->order);

  constexpr size_t kFew = 16;
  SortKey few[kFew];
  std::vector<SortKey> many;
  const size_t room = d->size - old_size;
  if (room > kFew) many.resize(room);
  SortKey* const added = room > kFew ? many.data() : few;
  size_t count = 0;
  for (uint32_t i = d->ordered; i < d->used; ++i) {
    if (d->entries[i].live()) added[count++] = {KeyPrefix(d->entries[i].key), i};
  }
  const auto less = [d](const SortKey& a, const SortKey& b) { return KeyLess(d, a, b); };
  std::sort(added, added + count, less);

  if (d->order_capacity < d->size) {
    d->order = static_cast<uint32_t*>(Heap::Current()->ReallocateBuffer(
        d->order, d->order_capacity * sizeof(uint32_t), d->size * sizeof(uint32_t)));
    d->order_capacity = d->size;
  }
  // From the greatest new key down: move the old ones above it up, put it below them.
  uint32_t* end = d->order + d->size;
  for (size_t left = count; left > 0; --left) {
    const SortKey& key = added[left - 1];
    uint32_t* at =
        std::upper_bound(d->order, d->order + old_size, key, [&](const SortKey& a, uint32_t entry) {
          return less(a, {KeyPrefix(d->entries[entry].key), entry});
        });
    const size_t above = static_cast<size_t>(d->order + old_size - at);
    std::memmove(end - above, at, above * sizeof(uint32_t));
    end -= above + 1;
    *end = key.entry;
    old_size -= static_cast<uint32_t>(above);
  }
  d->order_size = d->size;
  d->ordered = d->used;
}

}  // namespace

bool IsDictKey(Value key) {
  return key.IsString() || key.IsInt() || (key.IsFloat() && std::isfinite(key.d));
}

bool ParseCanonicalInt(std::string_view text, int64_t* out) {
  const bool negative = !text.empty() && text[0] == '-';
  const std::string_view digits = negative ? text.substr(1) : text;
  if (digits.empty() || digits.size() > 19 || digits[0] < '0' || digits[0] > '9') return false;
  if (digits[0] == '0' && (digits.size() > 1 || negative)) return false;
  uint64_t magnitude = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return false;
    magnitude = magnitude * 10 + static_cast<uint64_t>(c - '0');
  }
  constexpr uint64_t kLimit = uint64_t{1} << 63;
  if (magnitude > (negative ? kLimit : kLimit - 1)) return false;
  *out = static_cast<int64_t>(negative ? 0 - magnitude : magnitude);
  return true;
}

Value NormalizeDictKey(Value key) {
  RUFF_DCHECK(IsDictKey(key));
  if (key.IsInt()) return key;
  int64_t i;
  if (key.IsString()) {
    if (ParseCanonicalInt(key.As<String>()->view(), &i)) return Value::Int(i);
    return Retain(key);
  }
  char buffer[kMaxFloatText];
  const std::string_view text(buffer, FormatFloat(key.d, buffer));
  if (ParseCanonicalInt(text, &i)) return Value::Int(i);
  return Value::Heap(NewString(text));
}

Dict* NewDict(uint32_t capacity) {
  auto* d = NewObject<Dict>(Kind::kDict);
  d->size = d->used = d->capacity = d->ordered = 0;
  d->order_size = d->order_capacity = 0;
  d->entries = nullptr;
  d->order = nullptr;
  d->index.Init();
  if (capacity != 0) ResizeEntries(d, capacity);
  return d;
}

Value* DictFind(const Dict* d, Value key) {
  return WithStoredKey<Value*>(key, nullptr, [d](Value stored) {
    const uint32_t entry = FindEntry(d, stored);
    return entry == kNone ? nullptr : &d->entries[entry].value;
  });
}

Value DictGet(const Dict* d, Value key) {
  const Value* place = DictFind(d, key);
  return place == nullptr ? Value::Unset() : *place;
}

Value DictGetNameSlow(const Dict* d, const String* name, uint32_t* hint) {
  const Value key = Value::Heap(const_cast<String*>(name));
  return WithStoredKey<Value>(key, Value::Unset(), [d, hint](Value stored) {
    const uint32_t entry = FindEntry(d, stored);
    if (entry == kNone) return Value::Unset();
    *hint = entry;
    return d->entries[entry].value;
  });
}

void DictSet(Dict* d, Value key, Value owned) {
  Value* place = DictFindOrInsert(d, key, nullptr);
  const Value old = std::exchange(*place, owned);
  Release(old);
}

Value* DictFindOrInsert(Dict* d, Value key, bool* inserted) {
  RUFF_DCHECK(IsDictKey(key));
  return WithStoredKey<Value*>(
      key, nullptr, [d, inserted](Value stored) { return FindOrInsert(d, stored, inserted); });
}

bool DictRemove(Dict* d, Value key, Value* removed) {
  const uint32_t entry =
      WithStoredKey<uint32_t>(key, kNone, [d](Value stored) { return FindEntry(d, stored); });
  if (entry == kNone) return false;
  const DictEntry old = d->entries[entry];
  if (!d->index.empty()) d->index.Remove(HashKey(old.key), entry);
  d->entries[entry] = {Value::Unset(), Value::Unset()};
  --d->size;
  Release(old.key);
  if (removed != nullptr) {
    *removed = old.value;
  } else {
    Release(old.value);
  }
  return true;
}

void DictReserve(Dict* d, uint32_t keys) {
  if (keys > d->capacity - (d->used - d->size)) ResizeEntries(d, keys + (d->used - d->size));
}

void DictUpdate(Dict* d, const Dict* from) {
  if (d == from) return;
  if (d->size == 0 && d->used == 0) return CopyDict(d, from);
  for (const DictEntry& entry : DictEntries(from)) {
    Value* place = FindOrInsert(d, entry.key, nullptr);
    const Value old = std::exchange(*place, Retain(entry.value));
    Release(old);
  }
}

Dict* UniqueDict(Dict* owned) {
  if (IsUnique(&owned->header)) return owned;
  Dict* copy = NewDict();
  CopyDict(copy, owned);
  ReleaseObject(owned);
  return copy;
}

const uint32_t* DictOrder(const Dict* d) {
  if (d->ordered != d->used || d->order_size != d->size) UpdateOrder(const_cast<Dict*>(d));
  return d->order;
}

String* DictKeyText(Value stored_key) {
  if (stored_key.IsString()) return RetainObject(stored_key.As<String>());
  char buffer[kMaxIntText];
  return NewString(KeyText(stored_key, buffer));
}

}  // namespace ruff
