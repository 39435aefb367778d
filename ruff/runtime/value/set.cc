#include <algorithm>
#include <cstring>

#include "ruff/base/check.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/equality.h"
#include "ruff/runtime/value/hash.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"

namespace ruff {
namespace {

constexpr uint32_t kNone = HashIndex::kNone;
constexpr uint32_t kSmallSet = 8;  // entries searched without an index
constexpr uint32_t kMinCapacity = 4;
constexpr uint32_t kMaxSetSize = 0xfffffff0;

void VisitSet(Object* object, ChildVisitor& visitor) {
  auto* s = reinterpret_cast<Set*>(object);
  for (uint32_t i = 0; i < s->used; ++i) visitor.Visit(s->entries[i].member);
}

size_t DisposeSet(Object* object) {
  auto* s = reinterpret_cast<Set*>(object);
  Heap::Current()->FreeBuffer(s->entries, s->capacity * sizeof(SetEntry));
  s->index.Free();
  return sizeof(Set);
}

const KindRegistration kSet(Kind::kSet, {.visit = VisitSet, .dispose = DisposeSet});

uint32_t FindEntry(const Set* s, Value member, const ValueHash& hash) {
  if (!hash.reflexive) return kNone;
  const auto hash32 = static_cast<uint32_t>(hash.hash);
  if (hash.decided && !s->index.empty()) {
    return s->index.Find(
        hash32, [s, member](uint32_t i) { return ValuesEqual(s->entries[i].member, member); });
  }
  for (uint32_t i = 0; i < s->used; ++i) {
    const SetEntry& entry = s->entries[i];
    if (!entry.live() || (hash.decided && entry.hash != hash32)) continue;
    if (ValuesEqual(entry.member, member)) return i;
  }
  return kNone;
}

void ResizeEntries(Set* s, uint32_t capacity) {
  s->entries = static_cast<SetEntry*>(Heap::Current()->ReallocateBuffer(
      s->entries, s->capacity * sizeof(SetEntry), capacity * sizeof(SetEntry)));
  s->capacity = capacity;
}

void BuildIndex(Set* s) {
  s->index.Reset(s->capacity);
  for (uint32_t i = 0; i < s->used; ++i) {
    if (s->entries[i].live()) s->index.Add(s->entries[i].hash, i);
  }
}

void MakeRoom(Set* s) {
  if (s->used < s->capacity) return;
  if (s->size < s->used - s->used / 4) {
    SetEntry* end = std::remove_if(s->entries, s->entries + s->used,
                                   [](const SetEntry& entry) { return !entry.live(); });
    s->used = static_cast<uint32_t>(end - s->entries);
    if (!s->index.empty()) BuildIndex(s);
    return;
  }
  RUFF_CHECK(s->used < kMaxSetSize);
  ResizeEntries(s, static_cast<uint32_t>(std::min<uint64_t>(
                       kMaxSetSize, std::max<uint64_t>(kMinCapacity, uint64_t{s->capacity} * 2))));
}

void Insert(Set* s, Value owned, const ValueHash& hash) {
  MakeRoom(s);
  const uint32_t entry = s->used++;
  // A member that equals nothing is never looked for: spread such members over the index.
  const auto hash32 =
      hash.reflexive ? static_cast<uint32_t>(hash.hash) : entry * uint32_t{0x9e3779b1};
  s->entries[entry] = {owned, hash32, hash.decided, hash.reflexive};
  ++s->size;
  if (!s->index.empty()) {
    s->index.Reserve(s->used);
    s->index.Add(hash32, entry);
  } else if (s->used > kSmallSet) {
    BuildIndex(s);
  }
}

}  // namespace

Set* NewSet(uint32_t capacity) {
  auto* s = NewObject<Set>(Kind::kSet);
  s->size = s->used = s->capacity = 0;
  s->entries = nullptr;
  s->index.Init();
  if (capacity != 0) ResizeEntries(s, capacity);
  return s;
}

Set* SetOf(const Array* members) {
  Set* s = NewSet();
  for (uint64_t i = 0; i < members->size; ++i) SetAdd(s, Retain(ArrayGet(members, i)));
  return s;
}

bool SetContains(const Set* s, Value member) {
  return FindEntry(s, member, HashValue(member)) != kNone;
}

bool SetAdd(Set* s, Value owned) {
  const ValueHash hash = HashValue(owned);
  if (FindEntry(s, owned, hash) != kNone) {
    Release(owned);
    return false;
  }
  Insert(s, owned, hash);
  return true;
}

bool SetRemove(Set* s, Value member) {
  const uint32_t i = FindEntry(s, member, HashValue(member));
  if (i == kNone) return false;
  const SetEntry old = s->entries[i];
  if (!s->index.empty()) s->index.Remove(old.hash, i);
  s->entries[i].member = Value::Unset();
  --s->size;
  Release(old.member);
  return true;
}

Set* UniqueSet(Set* owned) {
  if (IsUnique(&owned->header)) return owned;
  Set* copy = NewSet(owned->capacity);
  if (owned->used != 0) std::memcpy(copy->entries, owned->entries, owned->used * sizeof(SetEntry));
  for (uint32_t i = 0; i < owned->used; ++i) Retain(copy->entries[i].member);
  copy->size = owned->size;
  copy->used = owned->used;
  copy->index.CopyFrom(owned->index);
  ReleaseObject(owned);
  return copy;
}

void RehashSet(Set* s) {
  for (uint32_t i = 0; i < s->used; ++i) {
    SetEntry& entry = s->entries[i];
    if (!entry.live() || !entry.reflexive) continue;
    entry.hash = static_cast<uint32_t>(HashValue(entry.member).hash);
  }
  if (!s->index.empty()) BuildIndex(s);
}

Array* SetToArray(const Set* s) {
  Array* a = NewArray();
  for (uint32_t i = 0; i < s->used; ++i) {
    if (s->entries[i].live()) ArrayPush(a, Retain(s->entries[i].member));
  }
  return a;
}

}  // namespace ruff
