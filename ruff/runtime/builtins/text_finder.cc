#include "ruff/runtime/builtins/text_finder.h"

#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace ruff {
namespace {

constexpr size_t kBlock = 64;       // bytes
constexpr size_t kShortNeedle = 8;  // bytes

// Bit i: p[i] == c.
inline uint64_t Matches(const char* p, char c) {
  uint64_t bits = 0;
#ifdef __SSE2__
  const __m128i wanted = _mm_set1_epi8(c);
  for (int i = 0; i < 4; ++i) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p) + i);
    const int equal = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted));
    bits |= static_cast<uint64_t>(static_cast<uint32_t>(equal)) << (16 * i);
  }
#else
  for (size_t i = 0; i < kBlock; ++i) bits |= uint64_t{p[i] == c} << i;
#endif
  return bits;
}

}  // namespace

size_t FindText(std::string_view text, std::string_view needle) {
  if (needle.empty()) return 0;
  if (text.empty()) return kNotFound;
  const void* at = needle.size() == 1
                       ? std::memchr(text.data(), needle[0], text.size())
                       : memmem(text.data(), text.size(), needle.data(), needle.size());
  if (at == nullptr) return kNotFound;
  return static_cast<size_t>(static_cast<const char*>(at) - text.data());
}

uint64_t CountText(std::string_view text, std::string_view needle) {
  uint64_t count = 0;
  if (needle.size() == 1) {
    for (; text.size() >= kBlock; text.remove_prefix(kBlock)) {
      count += static_cast<uint64_t>(std::popcount(Matches(text.data(), needle[0])));
    }
  }
  for (TextFinder finder(text, needle); finder.Next();) ++count;
  return count;
}

TextFinder::TextFinder(std::string_view text, std::string_view needle)
    : text_(text), needle_(needle) {
  if (needle.size() > kShortNeedle) return;
  std::memcpy(&needle_bytes_, needle.data(), needle.size());
  std::memset(&needle_mask_, 0xff, needle.size());
  // Every candidate of a block can be loaded as eight bytes.
  if (text.size() >= kBlock + kShortNeedle) blocks_end_ = text.size() - kBlock - kShortNeedle + 1;
}

bool TextFinder::NextBlock() {
  if (next_block_ >= blocks_end_) return false;
  block_ = next_block_;
  next_block_ += kBlock;
  const char* p = text_.data() + block_;
  candidates_ = Matches(p, needle_[0]);
  if (needle_.size() > 1) candidates_ &= Matches(p + needle_.size() - 1, needle_.back());
  if (needle_.size() > 2)
    candidates_ &= Matches(p + needle_.size() / 2, needle_[needle_.size() / 2]);
  return true;
}

bool TextFinder::FindRest() {
  const size_t from = next_block_ > end_ ? next_block_ : end_;
  const size_t at = FindText(text_.substr(from), needle_);
  if (at == kNotFound) return false;
  begin_ = from + at;
  end_ = begin_ + needle_.size();
  return true;
}

}  // namespace ruff
