#ifndef RUFF_RUNTIME_BUILTINS_TEXT_FINDER_H_
#define RUFF_RUNTIME_BUILTINS_TEXT_FINDER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ruff {

inline constexpr size_t kNotFound = std::string_view::npos;

// Byte offset of the first occurrence of `needle` in `text`, linear time.
size_t FindText(std::string_view text, std::string_view needle);

// How often a non-empty needle occurs in `text`, left to right, not overlapping, linear time.
uint64_t CountText(std::string_view text, std::string_view needle);

// All occurrences of a non-empty needle, left to right, not overlapping, in linear time.
//
// Occurrences may stand close together, so a search call for each would cost more than the bytes
// between them. A needle of up to eight bytes is looked for in blocks of 64 bytes: a bit for each
// place says whether its first, middle and last byte fit there, and only such places are compared.
class TextFinder {
 public:
  TextFinder(std::string_view text, std::string_view needle);

  bool Next() {
    for (;;) {
      while (candidates_ == 0) {
        if (!NextBlock()) return FindRest();
      }
      const size_t at = block_ + static_cast<size_t>(__builtin_ctzll(candidates_));
      candidates_ &= candidates_ - 1;
      if (at < end_ || !IsOccurrence(at)) continue;
      begin_ = at;
      end_ = at + needle_.size();
      return true;
    }
  }
  // Of the occurrence that Next found, in bytes.
  size_t begin() const { return begin_; }
  size_t end() const { return end_; }

 private:
  // Advances to the next whole block; false when there is none.
  bool NextBlock();
  // Looks for an occurrence from next_block_ on without blocks.
  bool FindRest();
  // Is the candidate `at`, which stands in a whole block, an occurrence?
  bool IsOccurrence(size_t at) const {
    if (needle_.size() <= 3) return true;
    uint64_t bytes;
    __builtin_memcpy(&bytes, text_.data() + at, sizeof bytes);
    return ((bytes ^ needle_bytes_) & needle_mask_) == 0;
  }

  std::string_view text_;
  std::string_view needle_;
  uint64_t needle_bytes_ = 0;  // a short needle as it stands in memory
  uint64_t needle_mask_ = 0;   // the bytes of it that count
  uint64_t candidates_ = 0;    // bit i: block_ + i
  size_t block_ = 0;
  size_t next_block_ = 0;
  size_t blocks_end_ = 0;  // blocks begin before this offset
  size_t begin_ = 0;
  size_t end_ = 0;
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_TEXT_FINDER_H_
