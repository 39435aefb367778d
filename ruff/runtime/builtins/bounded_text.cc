#include "ruff/runtime/builtins/bounded_text.h"

#include <algorithm>
#include <cstdlib>

#include "ruff/runtime/builtins/arguments.h"

namespace ruff {

BoundedText::~BoundedText() { std::free(begin_); }

bool BoundedText::Grow(size_t size) {
  if (failed_) return false;
  const auto used = static_cast<size_t>(end_ - begin_);
  const uint64_t needed = uint64_t{used} + size;
  uint64_t capacity = std::max<uint64_t>({needed, uint64_t{used} * 2, 256});
  // The buffer and then the string made of it live at the same time.
  if (!CanMakeString(capacity * 2)) capacity = needed;
  void* grown = nullptr;
  if (needed >= size && CanMakeString(capacity)) grown = std::realloc(begin_, capacity);
  if (grown == nullptr) {
    failed_ = true;
    limit_ = end_;
    return false;
  }
  begin_ = static_cast<char*>(grown);
  end_ = begin_ + used;
  limit_ = begin_ + capacity;
  return true;
}

Value BoundedText::Finish() const { return failed_ ? Value::Unset() : NewText(view()); }

}  // namespace ruff
