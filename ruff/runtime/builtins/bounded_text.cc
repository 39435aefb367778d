#include "ruff/runtime/builtins/bounded_text.h"

#include <algorithm>
#include <utility>

#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

constexpr size_t kCopied = 4096;  // bytes; a shorter text is copied into a string of its size

}  // namespace

BoundedText::~BoundedText() {
  if (string_ != nullptr) ReleaseObject(string_);
}

bool BoundedText::Grow(size_t size) {
  if (failed_) return false;
  const auto used = static_cast<size_t>(end_ - begin_);
  const uint64_t needed = uint64_t{used} + size;
  uint64_t capacity = std::max<uint64_t>({needed, uint64_t{used} + used / 2, 256});
  // The old and the new block live at the same time. Near the limit the text grows by less, but not
  // by so little that every append copies all of it.
  const uint64_t least = std::max(needed, uint64_t{used} + used / 32);
  while (capacity > least && !CanMakeString(capacity)) capacity = least + (capacity - least) / 2;
  if (needed < size || !CanMakeString(capacity)) {
    failed_ = true;
    limit_ = end_;
    return false;
  }
  if (string_ == nullptr) {
    string_ = NewStringBuffer(capacity);
  } else {
    const size_t block = Heap::RoundUp(sizeof(String) + capacity);
    string_ = static_cast<String*>(
        Heap::Current()->ReallocateObject(string_, sizeof(String) + string_->capacity, block));
    string_->capacity = static_cast<uint32_t>(block - sizeof(String));
  }
  begin_ = string_->data;
  end_ = begin_ + used;
  limit_ = begin_ + string_->capacity;
  return true;
}

Value BoundedText::Finish() {
  if (failed_) return Value::Unset();
  if (static_cast<size_t>(end_ - begin_) <= kCopied) return NewText(view());
  string_->size = static_cast<uint32_t>(end_ - begin_);
  FinishString(string_);
  return Value::Heap(std::exchange(string_, nullptr));
}

}  // namespace ruff
