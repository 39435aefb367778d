// Fast ways through and to strings.

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

inline constexpr size_t kNotFound = std::string_view::npos;

// Byte offset of the first occurrence of `needle` in `text`, linear time.
inline size_t FindText(std::string_view text, std::string_view needle) {
  if (needle.empty()) return 0;
  const void* at = needle.size() == 1
                       ? std::memchr(text.data(), needle[0], text.size())
                       : memmem(text.data(), text.size(), needle.data(), needle.size());
  return at == nullptr ? kNotFound
                       : static_cast<size_t>(static_cast<const char*>(at) - text.data());
}

// All occurrences of a non-empty needle, left to right, not overlapping.
class TextFinder {
 public:
  TextFinder(std::string_view text, std::string_view needle) : text_(text), needle_(needle) {}

  bool Next() {
    const size_t at = FindText(text_.substr(end_), needle_);
    if (at == kNotFound) return false;
    begin_ = end_ + at;
    end_ = begin_ + needle_.size();
    return true;
  }
  // Of the occurrence that Next found, in bytes.
  size_t begin() const { return begin_; }
  size_t end() const { return end_; }

 private:
  std::string_view text_;
  std::string_view needle_;
  size_t begin_ = 0;
  size_t end_ = 0;
};

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
  void Append(std::string_view text) {
    if (!text.empty()) std::memcpy(Extend(text.size()), text.data(), text.size());
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
