// Trial deletion (Bacon and Rajan, "Concurrent Cycle Collection in Reference Counted Systems", the
// synchronous algorithm), with explicit stacks.
//
// 1. Mark: from every candidate, subtract from each object reached the references that reached
// objects
//    hold. What an object has left are references from outside: registers, globals, host code.
// 2. Scan: an object with references left is alive, and all it reaches: give the subtracted
// references
//    back. The others are garbage.
// 3. Free the garbage: give its references back too, so that every count is true again, hold each
// object
//    once, let all say their last words, release their children, free them.
//
// The colour of an object is kept in the two highest bits of its count while a collection runs.
// Kinds that own no values are never visited.
//
// A candidate that survives stays a candidate when something reached from it refers to it, for then
// it may be on a cycle that becomes garbage without any further store or release of an object with
// identity (the last outside reference may be to an array on the cycle). All others are forgotten.

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"

namespace ruff {
namespace {

constexpr uint32_t kGray = 1u << 30;      // marked: its references are subtracted
constexpr uint32_t kWhite = 2u << 30;     // garbage, unless found alive later
constexpr uint32_t kGathered = 3u << 30;  // garbage, listed
constexpr uint32_t kColorMask = 3u << 30;
constexpr uint32_t kCountMask = ~kColorMask;

uint32_t Color(const Object* object) { return object->refcount & kColorMask; }
uint32_t Count(const Object* object) { return object->refcount & kCountMask; }
void SetColor(Object* object, uint32_t color) { object->refcount = Count(object) | color; }

bool IsTraversed(Value value) { return value.IsHeap() && OpsOf(value.kind()).visit != nullptr; }

// Calls a function for every traversed child.
template <typename F>
class EachChild final : public ChildVisitor {
 public:
  explicit EachChild(F f) : f_(f) {}
  void VisitValues(Value* values, size_t count) override {
    for (size_t i = 0; i < count; ++i) {
      if (IsTraversed(values[i])) f_(values[i].object);
    }
  }

 private:
  F f_;
};

template <typename F>
void ForEachChild(Object* object, F f) {
  EachChild<F> visitor(f);
  OpsOf(object->kind).visit(object, visitor);
}

}  // namespace

class CycleCollector {
 public:
  explicit CycleCollector(Heap* heap) : heap_(heap) {}

  size_t Run() {
    std::vector<Object*> roots;
    roots.swap(heap_->candidates_);
    std::vector<uint32_t> counts;
    counts.reserve(roots.size());
    for (const Object* root : roots) counts.push_back(root->refcount);

    for (Object* root : roots) Mark(root);
    std::vector<bool> on_path(roots.size());
    for (size_t i = 0; i < roots.size(); ++i) on_path[i] = Count(roots[i]) < counts[i];
    for (Object* root : roots) Scan(root);
    for (Object* root : roots) Gather(root);

    for (size_t i = 0; i < roots.size(); ++i) {
      Object* root = roots[i];
      if (Color(root) == kGathered) continue;
      if (on_path[i]) {
        heap_->candidates_.push_back(root);
      } else {
        root->aux &= static_cast<uint16_t>(~kCycleCandidate);
      }
    }
    const size_t kept = heap_->candidates_.size();
    heap_->collect_at_ =
        kept + std::max({Heap::kMinCandidates, kept, (reached_ - garbage_.size()) / 4});
    Free();
    return garbage_.size();
  }

 private:
  void Mark(Object* root) {
    if (Color(root) == kGray) return;
    SetColor(root, kGray);
    stack_.push_back(root);
    while (!stack_.empty()) {
      Object* object = stack_.back();
      stack_.pop_back();
      ++reached_;
      ForEachChild(object, [this](Object* child) {
        --child->refcount;
        if (Color(child) != kGray) {
          SetColor(child, kGray);
          stack_.push_back(child);
        }
      });
    }
  }

  void Scan(Object* root) {
    stack_.push_back(root);
    while (!stack_.empty()) {
      Object* object = stack_.back();
      stack_.pop_back();
      if (Color(object) != kGray) continue;
      if (Count(object) > 0) {
        Revive(object);
        continue;
      }
      SetColor(object, kWhite);
      ForEachChild(object, [this](Object* child) {
        if (Color(child) == kGray) stack_.push_back(child);
      });
    }
  }

  // `object` is alive, and so is all it reaches.
  void Revive(Object* object) {
    SetColor(object, 0);
    alive_.push_back(object);
    while (!alive_.empty()) {
      Object* next = alive_.back();
      alive_.pop_back();
      ForEachChild(next, [this](Object* child) {
        ++child->refcount;
        if (Color(child) != 0) {
          SetColor(child, 0);
          alive_.push_back(child);
        }
      });
    }
  }

  // Lists the garbage reached from `root` and gives the references it holds back.
  void Gather(Object* root) {
    if (Color(root) != kWhite) return;
    AddGarbage(root);
    while (!stack_.empty()) {
      Object* object = stack_.back();
      stack_.pop_back();
      ForEachChild(object, [this](Object* child) {
        ++child->refcount;
        if (Color(child) == kWhite) AddGarbage(child);
      });
    }
  }

  void AddGarbage(Object* object) {
    SetColor(object, kGathered);
    garbage_.push_back(object);
    stack_.push_back(object);
  }

  void Free() {
    for (Object* object : garbage_) {
      object->refcount = Count(object) + 1;
      if (object->kind >= Kind::kFirstCyclic) object->aux = kCycleFree;  // no candidate again
    }
    const bool was_destroying = std::exchange(heap_->destroying_, true);
    for (Object* object : garbage_) {
      if (const auto dying = OpsOf(object->kind).dying) dying(object);
    }
    for (Object* object : garbage_) heap_->ReleaseChildren(object);
    for (Object* object : garbage_) heap_->Reclaim(object);
    heap_->destroying_ = was_destroying;
    if (!was_destroying) heap_->DrainDying();
  }

  Heap* heap_;
  std::vector<Object*> stack_;
  std::vector<Object*> alive_;
  std::vector<Object*> garbage_;
  size_t reached_ = 0;
};

size_t Heap::CollectCycles() {
  PurgeShells();
  if (candidates_.empty()) return 0;
  return CycleCollector(this).Run();
}

}  // namespace ruff
