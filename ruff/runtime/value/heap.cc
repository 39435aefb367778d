#include "ruff/runtime/value/heap.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <memory>

#include "ruff/base/check.h"
#include "ruff/runtime/value/kind_ops.h"

namespace ruff {
namespace {

constexpr size_t kSlabBytes = 32 * 1024;
constexpr size_t kManySlabs = 128;
constexpr size_t kLargeBlock = 1 << 20;  // bytes

thread_local std::unique_ptr<Heap> default_heap;

uint64_t PhysicalMemory() {
  static const uint64_t bytes =
      static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

// Asks the system for large pages from now on, for the whole process: a program with much data
// spends a third of its time on page faults otherwise, a small one would only hold more memory.
// `block` is the newest: mimalloc goes on in the segment around it before it takes another.
void UseLargePages([[maybe_unused]] void* block) {
#if !RUFF_SANITIZED_MEMORY
  constexpr uintptr_t kSegment = 32 << 20;  // bytes, which are also its alignment
  static std::atomic<bool> used = false;
  if (used.exchange(true, std::memory_order_relaxed)) return;
  mi_option_enable(mi_option_large_os_pages);
  const auto start = reinterpret_cast<uintptr_t>(block) & ~(kSegment - 1);
  madvise(reinterpret_cast<void*>(start), kSegment, MADV_HUGEPAGE);  // a wish
#endif
}

bool HasIdentity(const Object* object) { return object->kind >= Kind::kFirstCyclic; }

}  // namespace

void FatalOutOfMemory(size_t bytes) {
  std::fprintf(stderr, "ruff: out of memory: cannot allocate %zu bytes\n", bytes);
  std::abort();
}

Heap* Heap::CreateDefault() {
  RUFF_CHECK(default_heap == nullptr);
  default_heap = std::make_unique<Heap>();
  internal::current_heap = default_heap.get();
  return internal::current_heap;
}

Heap::~Heap() {
  {
    HeapScope scope(this);
    CollectCycles();
    for (size_t slot = HeapLocal::kSlotCount; slot-- > 0;) {
      delete locals_[slot];
      locals_[slot] = nullptr;
      CollectCycles();
    }
  }
  for (void* slab : slabs_) RawFree(slab);
  if (internal::current_heap == this) internal::current_heap = nullptr;
}

void* Heap::Refill(size_t size_class) {
  const size_t size = (size_class + 1) * kGranule;
  char* slab = static_cast<char*>(RawAllocate(kSlabBytes));
  slabs_.push_back(slab);
  if (slabs_.size() == kManySlabs) UseLargePages(slab);
  const size_t count = kSlabBytes / size;
  FreeBlock* head = nullptr;
  for (size_t i = count; i-- > 1;) {
    auto* block = reinterpret_cast<FreeBlock*>(slab + i * size);
    block->next = head;
    head = block;
  }
  free_[size_class] = head;
  return slab;
}

void* Heap::ResizeBlock(void* p, size_t old_size, size_t new_size) {
  bytes_in_use_ -= RoundUp(old_size);
  Charge(RoundUp(new_size));
  if (new_size >= kLargeBlock) UseLargePages(p);
  if (RUFF_SANITIZED_MEMORY || (old_size > kMaxSmall && new_size > kMaxSmall)) {
    return RawReallocate(p, new_size);
  }
  if (RoundUp(old_size) == RoundUp(new_size)) return p;
  void* q = TakeBlock(new_size);
  std::memcpy(q, p, std::min(old_size, new_size));
  ReturnBlock(p, old_size);
  return q;
}

void* Heap::ReallocateObject(void* p, size_t old_size, size_t new_size) {
  return ResizeBlock(p, old_size, new_size);
}

void* Heap::ReallocateBuffer(void* p, size_t old_size, size_t new_size) {
  if (old_size == 0) return AllocateBuffer(new_size);
  if (new_size == 0) {
    FreeBuffer(p, old_size);
    return nullptr;
  }
  ++buffer_allocations_;
  return ResizeBlock(p, old_size, new_size);
}

bool Heap::CanAllocate(uint64_t bytes) const {
  const uint64_t limit = std::min(limit_, PhysicalMemory());
  return bytes_in_use_ <= limit && bytes <= limit - bytes_in_use_;
}

class Heap::Destroyer final : public ChildVisitor {
 public:
  explicit Destroyer(Heap* heap) : heap_(heap) {}

  void VisitValues(Value* values, size_t count) override {
    for (size_t i = 0; i < count; ++i) {
      if (!values[i].IsHeap()) continue;
      Object* child = values[i].object;
      if (--child->refcount != 0) {
        if (HasIdentity(child) && child->aux == 0) heap_->AddCandidate(child);
        continue;
      }
      const KindOps& ops = OpsOf(child->kind);
      if (ops.visit == nullptr && ops.dying == nullptr) {
        heap_->Reclaim(child);
      } else {
        heap_->dying_.push_back(child);
      }
    }
  }

 private:
  Heap* heap_;
};

void Heap::ReleaseChildren(Object* object) {
  const auto visit = OpsOf(object->kind).visit;
  if (visit == nullptr) return;
  Destroyer destroyer(this);
  visit(object, destroyer);
}

void Heap::Dismantle(Object* object) {
  if (const auto dying = OpsOf(object->kind).dying) dying(object);
  ReleaseChildren(object);
  Reclaim(object);
}

void Heap::DrainDying() {
  destroying_ = true;
  while (!dying_.empty()) {
    Object* next = dying_.back();
    dying_.pop_back();
    Dismantle(next);
  }
  destroying_ = false;
}

void Heap::Reclaim(Object* object) { FreeDisposed(object, OpsOf(object->kind).dispose(object)); }

void Heap::FreeDisposed(Object* object, size_t size) {
  ++frees_;
  bytes_in_use_ -= RoundUp(size);
  if (HasIdentity(object) && (object->aux & kCycleCandidate) != 0) {
    object->kind = Kind::kUnset;  // a shell: candidates_ still points to it
    object->refcount = static_cast<uint32_t>(size);
    ++shells_;
  } else {
    ReturnBlock(object, size);
  }
}

// Releasing a child may end in Destroy again (through `dying` and `dispose` of other libraries):
// only the outermost call works the list off.
void Destroy(Object* object) {
  Heap* heap = Heap::Current();
  const KindOps& ops = OpsOf(object->kind);
  if (ops.visit == nullptr && ops.dying == nullptr) {
    heap->Reclaim(object);
    return;
  }
  if (ops.dispose_quickly != nullptr) {
    if (const size_t size = ops.dispose_quickly(object)) {
      heap->FreeDisposed(object, size);
      return;
    }
  }
  if (heap->destroying_) {
    heap->dying_.push_back(object);
    return;
  }
  heap->destroying_ = true;
  heap->Dismantle(object);
  heap->DrainDying();
}

void NotePossibleCycle(Object* object) {
  RUFF_DCHECK(HasIdentity(object));
  if (object->aux == 0) Heap::Current()->AddCandidate(object);
}

void Heap::AddCandidate(Object* object) {
  const KindOps& ops = OpsOf(object->kind);
  if (ops.visit == nullptr || (ops.may_cycle != nullptr && !ops.may_cycle(object))) return;
  if (candidates_.size() >= purge_at_) {
    if (shells_ * 2 >= candidates_.size()) PurgeShells();
    purge_at_ = std::max(kMinCandidates, candidates_.size() * 2);
  }
  object->aux |= kCycleCandidate;
  candidates_.push_back(object);
}

void Heap::PurgeShells() {
  const auto is_shell = [this](Object* object) {
    if (object->kind != Kind::kUnset) return false;
    ReturnBlock(object, object->refcount);
    return true;
  };
  candidates_.erase(std::remove_if(candidates_.begin(), candidates_.end(), is_shell),
                    candidates_.end());
  shells_ = 0;
}

}  // namespace ruff
