// Builds the text of a result whose size is not known in advance and may be far larger than the
// arguments (shared values written out, replacements repeated). The text grows inside the string
// that it becomes, and only as far as the heap of the VM allows.

#ifndef RUFF_RUNTIME_BUILTINS_BOUNDED_TEXT_H_
#define RUFF_RUNTIME_BUILTINS_BOUNDED_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

class BoundedText {
 public:
  BoundedText() = default;
  ~BoundedText();
  BoundedText(const BoundedText&) = delete;
  BoundedText& operator=(const BoundedText&) = delete;

  // Room for `size` more bytes at end(); false when the result would be too large, and from then
  // on.
  bool Reserve(size_t size) {
    return size <= static_cast<size_t>(limit_ - end_) ? true : Grow(size);
  }
  char* end() { return end_; }
  // `end` stands behind what the caller wrote into the reserved room.
  void set_end(char* end) { end_ = end; }

  bool Append(std::string_view text) {
    if (!Reserve(text.size())) return false;
    if (!text.empty()) std::memcpy(end_, text.data(), text.size());
    end_ += text.size();
    return true;
  }
  bool Append(char c) {
    if (!Reserve(1)) return false;
    *end_++ = c;
    return true;
  }
  bool AppendSpaces(size_t count) {
    if (!Reserve(count)) return false;
    if (count > 0) std::memset(end_, ' ', count);
    end_ += count;
    return true;
  }

  std::string_view view() const { return {begin_, static_cast<size_t>(end_ - begin_)}; }
  bool failed() const { return failed_; }
  // The text, which is valid UTF-8, as a string value; Unset when it became too large. Nothing may
  // be appended afterwards.
  Value Finish();

 private:
  bool Grow(size_t size);

  String* string_ = nullptr;  // owned; holds [begin_, limit_)
  char* begin_ = nullptr;
  char* end_ = nullptr;
  char* limit_ = nullptr;
  bool failed_ = false;
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_BOUNDED_TEXT_H_
