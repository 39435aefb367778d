// Fast ways to strings.

#ifndef RUFF_RUNTIME_BUILTINS_TEXT_H_
#define RUFF_RUNTIME_BUILTINS_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "ruff/base/check.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// memcpy for sizes that are mostly small.
inline void CopyText(char* to, const char* from, size_t size) {
  if (size > 16) {
    std::memcpy(to, from, size);
  } else if (size >= 8) {
    uint64_t first;
    uint64_t last;
    std::memcpy(&first, from, 8);
    std::memcpy(&last, from + size - 8, 8);
    std::memcpy(to, &first, 8);
    std::memcpy(to + size - 8, &last, 8);
  } else if (size >= 4) {
    uint32_t first;
    uint32_t last;
    std::memcpy(&first, from, 4);
    std::memcpy(&last, from + size - 4, 4);
    std::memcpy(to, &first, 4);
    std::memcpy(to + size - 4, &last, 4);
  } else if (size > 0) {
    to[0] = from[0];
    to[size / 2] = from[size / 2];
    to[size - 1] = from[size - 1];
  }
}

// Fills a new string of a known size.
class TextWriter {
 public:
  // `ascii`: all that will be appended is ASCII.
  TextWriter(size_t size, bool ascii)
      : string_(NewStringBuffer(size)), at_(string_->data), ascii_(ascii) {}
  TextWriter(const TextWriter&) = delete;
  TextWriter& operator=(const TextWriter&) = delete;

  // Room for `size` bytes, to be filled by the caller.
  char* Extend(size_t size) {
    char* const begin = at_;
    at_ += size;
    return begin;
  }
  void Append(std::string_view text) { CopyText(Extend(text.size()), text.data(), text.size()); }
  // The string, once it is full.
  Value Finish() {
    RUFF_DCHECK(at_ == string_->data + string_->size);
    if (ascii_) {
      string_->header.flags |= String::kAscii;
      string_->code_points = string_->size;
    } else {
      FinishString(string_);
    }
    return Value::Heap(string_);
  }

 private:
  String* string_;
  char* at_;
  bool ascii_;
};

// New string of the bytes [begin, end) of `s`, which stand between boundaries of characters.
inline String* CutString(const String* s, size_t begin, size_t end) {
  TextWriter out(end - begin, s->ascii());
  out.Append(s->view().substr(begin, end - begin));
  return out.Finish().As<String>();
}

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_TEXT_H_
