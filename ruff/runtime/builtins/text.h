// Fast ways to strings.

#ifndef RUFF_RUNTIME_BUILTINS_TEXT_H_
#define RUFF_RUNTIME_BUILTINS_TEXT_H_

#include <algorithm>
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

// Copies `size` bytes where both sides may have more: `room` bytes can be read and written. The
// short parts of a text differ in size, and a branch on it is guessed wrong half of the time, so
// whole pieces are copied. They fit into the block of any string: behind its header is room for 8
// bytes and some times 16 more.
inline void CopyShort(char* to, const char* from, size_t size, size_t room) {
  constexpr size_t kFirst = 8;
  constexpr size_t kPiece = 16;
  static_assert(sizeof(String) % kPiece == kFirst);
  if (size > 4 * kPiece || room < size + kPiece) return CopyText(to, from, size);
  std::memcpy(to, from, kFirst);
  for (size_t at = kFirst; at < size; at += kPiece) std::memcpy(to + at, from + at, kPiece);
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
  void Append(const String* s) {
    const size_t room = Room();
    CopyShort(Extend(s->size), s->data, s->size, room);
  }
  // The bytes [begin, end) of `s`.
  void Append(const String* s, size_t begin, size_t end) {
    const size_t room = std::min(Room(), s->size - begin);
    CopyShort(Extend(end - begin), s->data + begin, end - begin, room);
  }
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
  size_t Room() const { return static_cast<size_t>(string_->data + string_->size - at_); }

  String* string_;
  char* at_;
  bool ascii_;
};

// New string of the bytes [begin, end) of `s`, which stand between boundaries of characters.
inline String* CutString(const String* s, size_t begin, size_t end) {
  const size_t size = end - begin;
  String* cut = NewStringBuffer(size);
  CopyShort(cut->data, s->data + begin, size, s->size - begin);
  if (s->ascii()) {
    cut->header.flags |= String::kAscii;
    cut->code_points = cut->size;
  } else {
    FinishString(cut);
  }
  return cut;
}

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_TEXT_H_
