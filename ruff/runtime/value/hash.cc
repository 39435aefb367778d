#include "ruff/runtime/value/hash.h"

#include <cmath>
#include <cstring>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/equality.h"
#include "ruff/runtime/value/hash_bytes.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {
namespace {

constexpr uint64_t kMultiplier = 0xd6e8feb86659fd93u;

// Floats below this magnitude are hashed by cell: above it neighbouring doubles are further apart
// than the tolerance.
constexpr double kExactFrom = 2.0;
constexpr double kCellsPerUnit = 0x1p30;
// Puts the borders of the cells where no ordinary number lies.
constexpr double kCellShift = 0.381966011250105;
// A little more than the tolerance and the rounding of the computation below, in cells.
constexpr double kBorder = 4 * kFloatTolerance * kCellsPerUnit + 0x1p-20;

uint64_t Salt(Kind kind) { return HashInt(static_cast<int64_t>(kind) + 0x10000); }

// One container being hashed: a sum over its children, each mixed with a salt for its place.
struct Frame {
  Object* object;
  uint64_t next;  // the next child
  uint64_t sum;
  uint64_t salt;  // of the child being hashed
};

class Hasher {
 public:
  ValueHash Run(Value value) {
    uint64_t hash = 0;
    if (!HashLeaf(value, &hash)) hash = HashContainer(value);
    return {hash, decided_, reflexive_};
  }

 private:
  // False for containers.
  bool HashLeaf(Value v, uint64_t* hash) {
    switch (v.kind()) {
      case Kind::kInt:
        *hash = HashNumber(static_cast<double>(v.i));
        return true;
      case Kind::kFloat:
        *hash = HashNumber(v.d);
        return true;
      case Kind::kBool:
        *hash = HashInt(v.b) ^ Salt(Kind::kBool);
        return true;
      case Kind::kNative:
        *hash = HashInt(static_cast<int64_t>(reinterpret_cast<uintptr_t>(v.native)));
        return true;
      case Kind::kString:
        *hash = MixHash(StringHash(v.As<String>()), kMultiplier);
        return true;
      case Kind::kBytes:
        *hash = HashBytes(v.As<Bytes>()->view()) ^ Salt(Kind::kBytes);
        return true;
      case Kind::kArray:
      case Kind::kDict:
      case Kind::kStruct:
      case Kind::kTagged:
      case Kind::kOk:
      case Kind::kErr:
      case Kind::kSome:
      case Kind::kSet:
      case Kind::kQueue:
      case Kind::kStack:
        return false;
      default:
        // Identity, unless the kind compares objects its own way.
        *hash = Salt(v.kind());
        if (!v.IsHeap()) return true;
        if (const auto own_hash = OpsOf(v.kind()).hash) {
          *hash ^= own_hash(v.object);
        } else if (OpsOf(v.kind()).equals == nullptr) {
          *hash ^= HashInt(static_cast<int64_t>(reinterpret_cast<uintptr_t>(v.object)));
        }
        return true;
    }
  }

  uint64_t HashNumber(double d) {
    if (std::isnan(d)) {
      reflexive_ = false;
      return 0;
    }
    if (std::fabs(d) >= kExactFrom) {
      uint64_t bits;
      std::memcpy(&bits, &d, sizeof bits);
      return HashInt(static_cast<int64_t>(bits));
    }
    const double cells = d * kCellsPerUnit + kCellShift;
    const double cell = std::floor(cells);
    const double inside = cells - cell;
    if (inside < kBorder || inside > 1 - kBorder) decided_ = false;
    return HashInt(static_cast<int64_t>(cell));
  }

  uint64_t HashContainer(Value root) {
    Push(root);
    for (;;) {
      Frame& frame = frames_.back();
      Value child;
      if (NextChild(frame, &child)) {
        uint64_t hash;
        if (HashLeaf(child, &hash)) {
          frame.sum += MixHash(hash ^ frame.salt, kMultiplier);
        } else if (const auto known = shared_.find(child.object); known != shared_.end()) {
          frame.sum += MixHash(known->second ^ frame.salt, kMultiplier);
        } else {
          Push(child);
        }
        continue;
      }
      const uint64_t hash = MixHash(frame.sum + Salt(frame.object->kind), kMultiplier);
      Object* object = frame.object;
      frames_.pop_back();
      if (frames_.empty()) return hash;
      if (!IsUnique(object)) shared_.emplace(object, hash);
      Frame& parent = frames_.back();
      parent.sum += MixHash(hash ^ parent.salt, kMultiplier);
    }
  }

  void Push(Value container) { frames_.push_back({container.object, 0, 0, 0}); }

  // The next child and, in frame.salt, its place: the same for every equal container.
  bool NextChild(Frame& frame, Value* child) {
    const Value v = Value::Heap(frame.object);
    switch (frame.object->kind) {
      case Kind::kArray: {
        const Array* a = v.As<Array>();
        if (frame.next == a->size) return false;
        frame.salt = HashInt(static_cast<int64_t>(frame.next));
        *child = ArrayGet(a, frame.next++);
        return true;
      }
      case Kind::kQueue:
      case Kind::kStack: {
        const Sequence* s = v.As<Sequence>();
        if (frame.next == s->size()) return false;
        frame.salt = HashInt(static_cast<int64_t>(frame.next));
        *child = SequenceGet(s, frame.next++);
        return true;
      }
      case Kind::kDict: {
        const Dict* d = v.As<Dict>();
        while (frame.next < d->used && !d->entries[frame.next].live()) ++frame.next;
        if (frame.next == d->used) return false;
        const DictEntry& entry = d->entries[frame.next++];
        frame.salt =
            entry.key.IsInt() ? HashInt(entry.key.i) : HashInt(StringHash(entry.key.As<String>()));
        *child = entry.value;
        return true;
      }
      case Kind::kStruct: {
        const Struct* s = v.As<Struct>();
        if (frame.next == 0) frame.sum += HashInt(StringHash(s->shape->struct_name()));
        if (frame.next == s->shape->size()) return false;
        const auto slot = static_cast<uint32_t>(frame.next++);
        frame.salt = HashInt(StringHash(s->shape->field(slot)));
        *child = s->fields[slot];
        return true;
      }
      case Kind::kTagged: {
        const Tagged* t = v.As<Tagged>();
        if (frame.next == 0) frame.sum += HashInt(StringHash(t->tag));
        if (frame.next == t->size) return false;
        frame.salt = HashInt(static_cast<int64_t>(frame.next));
        *child = t->payload[frame.next++];
        return true;
      }
      case Kind::kSet: {
        // Members know their hashes.
        const Set* s = v.As<Set>();
        for (uint32_t i = 0; i < s->used; ++i) {
          const SetEntry& entry = s->entries[i];
          if (!entry.live()) continue;
          frame.sum += MixHash(entry.hash, kMultiplier);
          decided_ &= entry.decided;
          reflexive_ &= entry.reflexive;
        }
        return false;
      }
      default:  // Ok, Err, Some
        if (frame.next++ != 0) return false;
        *child = v.As<Box>()->value;
        return true;
    }
  }

  std::vector<Frame> frames_;
  absl::flat_hash_map<const Object*, uint64_t> shared_;
  bool decided_ = true;
  bool reflexive_ = true;
};

}  // namespace

ValueHash HashValue(Value value) { return Hasher().Run(value); }

}  // namespace ruff
