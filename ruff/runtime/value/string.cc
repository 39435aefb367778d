#include "ruff/runtime/value/string.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "ruff/base/check.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/value/hash_bytes.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"

namespace ruff {
namespace {

constexpr uint32_t kIndexStride = 64;     // code points per entry of a sparse index
constexpr uint32_t kMinIndexed = 4 * 64;  // bytes; shorter strings are walked

uint32_t Hash32(std::string_view text) {
  const auto hash = static_cast<uint32_t>(HashBytes(text));
  return hash == 0 ? 1 : hash;
}

struct InternKey {
  std::string_view text;
  uint32_t hash;
};
struct InternHash {
  using is_transparent = void;
  size_t operator()(const String* s) const { return MixHash(s->hash, 0x9e3779b97f4a7c15u); }
  size_t operator()(const InternKey& key) const { return MixHash(key.hash, 0x9e3779b97f4a7c15u); }
};
struct InternEqual {
  using is_transparent = void;
  bool operator()(const String* a, const String* b) const { return a == b; }
  bool operator()(const String* a, const InternKey& b) const {
    return a->hash == b.hash && a->view() == b.text;
  }
  bool operator()(const InternKey& a, const String* b) const { return (*this)(b, a); }
};

// What a heap knows about its strings: the interned ones (not owned: a dying string leaves the
// table), the sparse indexes, and the shared one-character strings (owned).
class StringTable final : public HeapLocal {
 public:
  static constexpr Slot kSlot = kStringTable;

  // What every VM interns.
  StringTable() { interned_.reserve(200); }
  ~StringTable() override {
    for (String*& s : characters_) {
      if (s != nullptr) ReleaseObject(std::exchange(s, nullptr));
    }
  }

  absl::flat_hash_set<String*, InternHash, InternEqual>& interned() { return interned_; }
  absl::flat_hash_map<const String*, std::vector<uint32_t>>& indexes() { return indexes_; }
  String*& character(uint8_t c) { return characters_[c]; }

 private:
  absl::flat_hash_set<String*, InternHash, InternEqual> interned_;
  absl::flat_hash_map<const String*, std::vector<uint32_t>> indexes_;
  String* characters_[128] = {};
};

StringTable& Table() { return *Heap::Current()->Local<StringTable>(); }

void DropIndex(String* s) {
  Table().indexes().erase(s);
  s->header.flags &= static_cast<uint8_t>(~String::kHasIndex);
}

size_t DisposeString(Object* object) {
  auto* s = reinterpret_cast<String*>(object);
  if ((object->flags & (String::kHasIndex | String::kInterned)) != 0) [[unlikely]] {
    if ((object->flags & String::kHasIndex) != 0) DropIndex(s);
    if ((object->flags & String::kInterned) != 0) Table().interned().erase(s);
  }
  return sizeof(String) + s->capacity;
}

const KindRegistration kString(Kind::kString, {.dispose = DisposeString});

bool IsAscii(const char* p, size_t n) {
  uint64_t high = 0;
  for (; n >= 8; p += 8, n -= 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    high |= word;
  }
  for (; n > 0; ++p, --n) high |= static_cast<uint8_t>(*p);
  return (high & 0x8080808080808080u) == 0;
}

// The block has room for `capacity` bytes of text, a little more than asked for.
String* NewBlock(size_t capacity) {
  capacity = Heap::RoundUp(sizeof(String) + capacity) - sizeof(String);
  auto* s = NewObject<String>(Kind::kString, capacity);
  s->hash = 0;
  s->capacity = static_cast<uint32_t>(capacity);
  return s;
}

const std::vector<uint32_t>& SparseIndex(String* s) {
  std::vector<uint32_t>& offsets = Table().indexes()[s];
  if ((s->header.flags & String::kHasIndex) == 0) {
    offsets.reserve(s->code_points / kIndexStride + 1);
    uint32_t at = 0;
    for (uint32_t i = 0; at < s->size; ++i) {
      if (i % kIndexStride == 0) offsets.push_back(at);
      at += static_cast<uint32_t>(Utf8Length(s->data[at]));
    }
    s->header.flags |= String::kHasIndex;
  }
  return offsets;
}

String* CharacterString(uint8_t c) {
  String*& shared = Table().character(c);
  if (shared == nullptr) {
    const char text = static_cast<char>(c);
    shared = InternString({&text, 1});
  }
  return RetainObject(shared);
}

}  // namespace

String* NewStringBuffer(size_t size) {
  RUFF_CHECK(size <= kMaxStringBytes);
  String* s = NewBlock(size);
  s->size = static_cast<uint32_t>(size);
  return s;
}

void FinishString(String* s) {
  if (IsAscii(s->data, s->size)) {
    s->header.flags |= String::kAscii;
    s->code_points = s->size;
  } else {
    s->code_points = static_cast<uint32_t>(CountCharacters(s->view()));
  }
}

String* NewString(std::string_view text) {
  String* s = NewStringBuffer(text.size());
  if (!text.empty()) std::memcpy(s->data, text.data(), text.size());
  FinishString(s);
  return s;
}

String* InternString(std::string_view text) {
  const uint32_t hash = Hash32(text);
  auto& interned = Table().interned();
  const auto it = interned.find(InternKey{text, hash});
  if (it != interned.end()) return RetainObject(*it);
  String* s = NewString(text);
  s->hash = hash;
  s->header.flags |= String::kInterned;
  interned.insert(s);
  return s;
}

String* AppendString(String* owned_a, const String* b) {
  String* a = owned_a;
  const uint64_t size = uint64_t{a->size} + b->size;
  if (size > kMaxStringBytes) return nullptr;
  if (b->size == 0) return a;
  const bool grow = IsUnique(&a->header) && (a->header.flags & String::kInterned) == 0;
  if (!grow) {
    String* s = NewStringBuffer(size);
    std::memcpy(s->data, a->data, a->size);
    std::memcpy(s->data + a->size, b->data, b->size);
    s->header.flags = a->header.flags & b->header.flags & String::kAscii;
    s->code_points = a->code_points + b->code_points;
    ReleaseObject(a);
    return s;
  }
  if ((a->header.flags & String::kHasIndex) != 0) DropIndex(a);
  if (size > a->capacity) {
    const uint64_t wanted = std::min(std::max(size, size + a->size / 2 + 8), kMaxStringBytes);
    const size_t block = Heap::RoundUp(sizeof(String) + wanted);
    a = static_cast<String*>(
        Heap::Current()->ReallocateObject(a, sizeof(String) + a->capacity, block));
    a->capacity = static_cast<uint32_t>(block - sizeof(String));
  }
  std::memcpy(a->data + a->size, b->data, b->size);
  a->size = static_cast<uint32_t>(size);
  a->code_points += b->code_points;
  a->hash = 0;
  if (!b->ascii()) a->header.flags &= static_cast<uint8_t>(~String::kAscii);
  return a;
}

uint32_t HashString(String* s) {
  s->hash = Hash32(s->view());
  return s->hash;
}

bool StringsEqual(String* a, String* b) {
  if (a == b) return true;
  if (a->size != b->size) return false;
  if (a->hash != 0 && b->hash != 0 && a->hash != b->hash) return false;
  if ((a->header.flags & b->header.flags & String::kInterned) != 0) return false;
  return std::memcmp(a->data, b->data, a->size) == 0;
}

uint32_t StringOffset(String* s, uint32_t index) {
  RUFF_DCHECK(index <= s->code_points);
  if (s->ascii()) return index;
  if (index == s->code_points) return s->size;
  uint32_t at = 0;
  uint32_t left = index;
  if (s->size >= kMinIndexed) {
    at = SparseIndex(s)[index / kIndexStride];
    left = index % kIndexStride;
  }
  for (; left > 0; --left) at += static_cast<uint32_t>(Utf8Length(s->data[at]));
  return at;
}

String* StringAt(String* s, uint32_t index) {
  RUFF_DCHECK(index < s->code_points);
  const uint32_t at = StringOffset(s, index);
  const char lead = s->data[at];
  if (static_cast<uint8_t>(lead) < 0x80) return CharacterString(static_cast<uint8_t>(lead));
  return NewString({s->data + at, static_cast<size_t>(Utf8Length(lead))});
}

}  // namespace ruff
