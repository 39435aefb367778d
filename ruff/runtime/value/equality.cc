// Comparison of values of any depth without recursion.
//
// A stack of frames, one per pair of containers being compared; a frame remembers which pair of
// children comes next. A child pair of scalars is decided on the spot, a pair of containers becomes
// a frame. When a frame ends "equal" its parent goes on; when one ends "different" all frames end,
// up to the next set frame: a set looks for an equal member among several candidates, so it tries
// the next one.
//
// Pairs found equal are remembered when one side is shared: data that refers to the same parts
// again and again is compared in time proportional to its size, not to its text.

#include "ruff/runtime/value/equality.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {
namespace {

enum class Answer : uint8_t { kDifferent, kEqual, kContainers };

struct Frame {
  Object* a;
  Object* b;
  uint64_t next;      // the next child of `a`
  size_t candidates;  // of a set: where the candidates for the present member begin
};

class Comparer {
 public:
  explicit Comparer(bool exact) : exact_(exact) {}

  bool Run(Value a, Value b) {
    const Answer first = Compare(a, b);
    if (first != Answer::kContainers) return first == Answer::kEqual;
    Push(a, b);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      Value child_a;
      Value child_b;
      switch (Step(frame, &child_a, &child_b)) {
        case Answer::kEqual:
          Remember(frame);
          Pop();
          break;
        case Answer::kDifferent:
          if (!Unwind()) return false;
          break;
        case Answer::kContainers:
          Push(child_a, child_b);
          break;
      }
    }
    return true;
  }

 private:
  using Pair = std::pair<const Object*, const Object*>;

  // Scalars at once; containers of one kind when something besides their children already differs.
  Answer Compare(Value a, Value b) {
    if (a.tag != b.tag) {
      if (exact_ || !a.IsNumber() || !b.IsNumber()) return Answer::kDifferent;
      return Of(a.IsInt() ? FloatsEqual(static_cast<double>(a.i), b.d)
                          : FloatsEqual(a.d, static_cast<double>(b.i)));
    }
    switch (a.kind()) {
      case Kind::kFloat:
        return Of(exact_ ? a.d == b.d : FloatsEqual(a.d, b.d));
      case Kind::kBool:
        return Of(a.b == b.b);
      case Kind::kString:
        return Of(StringsEqual(a.As<String>(), b.As<String>()));
      case Kind::kBytes:
        return Of(a.As<Bytes>()->view() == b.As<Bytes>()->view());
      case Kind::kArray:
        return CompareArrays(a.As<Array>(), b.As<Array>());
      case Kind::kDict:
        return Open(a, b, a.As<Dict>()->size == b.As<Dict>()->size);
      case Kind::kStruct: {
        const Shape* p = a.As<Struct>()->shape;
        const Shape* q = b.As<Struct>()->shape;
        return Open(a, b, p->struct_name() == q->struct_name() && p->size() == q->size());
      }
      case Kind::kTagged: {
        const Tagged* p = a.As<Tagged>();
        const Tagged* q = b.As<Tagged>();
        return Open(a, b, p->tag == q->tag && p->size == q->size);
      }
      case Kind::kOk:
      case Kind::kErr:
      case Kind::kSome:
        return Open(a, b, true);
      case Kind::kSet:
        return Open(a, b, a.As<Set>()->size == b.As<Set>()->size);
      case Kind::kQueue:
      case Kind::kStack:
        return Open(a, b, a.As<Sequence>()->size() == b.As<Sequence>()->size());
      default:
        break;
    }
    if (a.i == b.i) return Answer::kEqual;
    const auto equals = a.IsHeap() ? OpsOf(a.kind()).equals : nullptr;
    return Of(equals != nullptr && equals(a.object, b.object));
  }

  static Answer Of(bool equal) { return equal ? Answer::kEqual : Answer::kDifferent; }

  Answer Open(Value a, Value b, bool possible) {
    if (!possible) return Answer::kDifferent;
    return Known(a.object, b.object) ? Answer::kEqual : Answer::kContainers;
  }

  Answer CompareArrays(const Array* a, const Array* b) {
    if (a->size != b->size) return Answer::kDifferent;
    if (a->storage() == Array::kInts && b->storage() == Array::kInts) {
      return Of(a == b || a->size == 0 || std::memcmp(a->ints, b->ints, a->size * 8) == 0);
    }
    return Open(Value::Heap(const_cast<Array*>(a)), Value::Heap(const_cast<Array*>(b)), true);
  }

  // Goes on with the children of a frame until a pair of containers turns up (kContainers), a pair
  // differs, or all are equal.
  Answer Step(Frame& frame, Value* child_a, Value* child_b) {
    if (frame.a->kind == Kind::kSet) return StepSet(frame, child_a, child_b);
    for (;;) {
      switch (NextPair(frame, child_a, child_b)) {
        case Answer::kEqual:
          return Answer::kEqual;
        case Answer::kDifferent:
          return Answer::kDifferent;
        case Answer::kContainers:
          break;
      }
      const Answer answer = Compare(*child_a, *child_b);
      if (answer != Answer::kEqual) return answer;
    }
  }

  // The next pair of children (kContainers), or kEqual when there is none left.
  Answer NextPair(Frame& frame, Value* child_a, Value* child_b) {
    const Value a = Value::Heap(frame.a);
    const Value b = Value::Heap(frame.b);
    switch (frame.a->kind) {
      case Kind::kArray:
        if (frame.next == a.As<Array>()->size) return Answer::kEqual;
        *child_a = ArrayGet(a.As<Array>(), frame.next);
        *child_b = ArrayGet(b.As<Array>(), frame.next++);
        return Answer::kContainers;
      case Kind::kQueue:
      case Kind::kStack:
        if (frame.next == a.As<Sequence>()->size()) return Answer::kEqual;
        *child_a = SequenceGet(a.As<Sequence>(), frame.next);
        *child_b = SequenceGet(b.As<Sequence>(), frame.next++);
        return Answer::kContainers;
      case Kind::kTagged:
        if (frame.next == a.As<Tagged>()->size) return Answer::kEqual;
        *child_a = a.As<Tagged>()->payload[frame.next];
        *child_b = b.As<Tagged>()->payload[frame.next++];
        return Answer::kContainers;
      case Kind::kDict: {
        const Dict* d = a.As<Dict>();
        while (frame.next < d->used && !d->entries[frame.next].live()) ++frame.next;
        if (frame.next == d->used) return Answer::kEqual;
        const DictEntry& entry = d->entries[frame.next++];
        const Value* other = DictFind(b.As<Dict>(), entry.key);
        if (other == nullptr) return Answer::kDifferent;
        *child_a = entry.value;
        *child_b = *other;
        return Answer::kContainers;
      }
      case Kind::kStruct: {
        const Struct* p = a.As<Struct>();
        const Struct* q = b.As<Struct>();
        if (frame.next == p->shape->size()) return Answer::kEqual;
        const auto slot = static_cast<uint32_t>(frame.next++);
        const int32_t other = p->shape == q->shape ? static_cast<int32_t>(slot)
                                                   : q->shape->Find(p->shape->field(slot));
        if (other < 0) return Answer::kDifferent;
        *child_a = p->fields[slot];
        *child_b = q->fields[other];
        return Answer::kContainers;
      }
      default:  // Ok, Err, Some
        if (frame.next++ != 0) return Answer::kEqual;
        *child_a = a.As<Box>()->value;
        *child_b = b.As<Box>()->value;
        return Answer::kContainers;
    }
  }

  // Entered at the start and when the present candidate turned out equal. The candidates left for
  // member frame.next - 1 lie on candidates_ from frame.candidates on.
  Answer StepSet(Frame& frame, Value* child_a, Value* child_b) {
    const Set* s = Value::Heap(frame.a).As<Set>();
    candidates_.resize(frame.candidates);
    while (frame.next < s->used) {
      const SetEntry& member = s->entries[frame.next++];
      if (!member.live()) continue;
      FindCandidates(member, Value::Heap(frame.b).As<Set>());
      const Answer answer = TryCandidates(frame, child_a, child_b);
      if (answer != Answer::kEqual) return answer;
    }
    return Answer::kEqual;
  }

  void FindCandidates(const SetEntry& member, const Set* in) {
    if (!member.reflexive) return;
    if (member.decided && !in->index.empty()) {
      in->index.ForEach(member.hash, [this](uint32_t i) { candidates_.push_back(i); });
      return;
    }
    for (uint32_t i = 0; i < in->used; ++i) {
      const SetEntry& entry = in->entries[i];
      if (entry.live() && (!member.decided || entry.hash == member.hash)) candidates_.push_back(i);
    }
  }

  // Tries the candidates left for member frame.next - 1. kEqual: one is equal, the others are
  // dropped.
  Answer TryCandidates(Frame& frame, Value* child_a, Value* child_b) {
    const Value member = Value::Heap(frame.a).As<Set>()->entries[frame.next - 1].member;
    while (candidates_.size() > frame.candidates) {
      const uint32_t i = candidates_.back();
      candidates_.pop_back();
      *child_a = member;
      *child_b = Value::Heap(frame.b).As<Set>()->entries[i].member;
      const Answer answer = Compare(*child_a, *child_b);
      if (answer == Answer::kEqual) candidates_.resize(frame.candidates);
      if (answer != Answer::kDifferent) return answer;
    }
    return Answer::kDifferent;
  }

  // The top frame differs. False when that decides the whole comparison.
  bool Unwind() {
    for (Pop(); !frames_.empty(); Pop()) {
      Frame& frame = frames_.back();
      if (frame.a->kind != Kind::kSet) continue;
      Value child_a;
      Value child_b;
      const Answer answer = TryCandidates(frame, &child_a, &child_b);
      if (answer == Answer::kDifferent) continue;
      if (answer == Answer::kContainers) Push(child_a, child_b);
      return true;
    }
    return false;
  }

  void Push(Value a, Value b) { frames_.push_back({a.object, b.object, 0, candidates_.size()}); }
  void Pop() {
    candidates_.resize(frames_.back().candidates);
    frames_.pop_back();
  }

  static bool Shared(const Object* a, const Object* b) { return !IsUnique(a) || !IsUnique(b); }
  bool Known(const Object* a, const Object* b) const {
    return !equal_.empty() && Shared(a, b) && equal_.contains(Pair(a, b));
  }
  void Remember(const Frame& frame) {
    if (frames_.size() > 1 && Shared(frame.a, frame.b)) equal_.insert(Pair(frame.a, frame.b));
  }

  const bool exact_;
  std::vector<Frame> frames_;
  std::vector<uint32_t> candidates_;
  absl::flat_hash_set<Pair> equal_;
};

}  // namespace

bool ValuesEqual(Value a, Value b) {
  if (a.IsInt() && b.IsInt()) return a.i == b.i;
  if (a.IsString() && b.IsString()) return StringsEqual(a.As<String>(), b.As<String>());
  return Comparer(/*exact=*/false).Run(a, b);
}

bool ValuesIdentical(Value a, Value b) { return Comparer(/*exact=*/true).Run(a, b); }

int CompareStrings(const String* a, const String* b) {
  const size_t common = std::min(a->size, b->size);
  const int order = common == 0 ? 0 : std::memcmp(a->data, b->data, common);
  if (order != 0) return order;
  return a->size < b->size ? -1 : a->size > b->size ? 1 : 0;
}

}  // namespace ruff
