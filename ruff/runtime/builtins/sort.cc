// Sorting of arrays, by what is in them: ints by radix, floats and mixtures by merging, strings by
// their first eight bytes before the bytes themselves are looked at.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "ruff/runtime/builtins/element.h"
#include "ruff/runtime/value/equality.h"
#include "ruff/runtime/value/string.h"

namespace ruff {
namespace {

constexpr uint64_t kMinRadix = 512;  // elements; below that comparing is faster
constexpr int kDigitBits = 11;
constexpr size_t kDigits = size_t{1} << kDigitBits;
constexpr int kPasses = 6;  // 6 * 11 >= 64

// Least significant digit first; digits that all keys share are skipped.
void RadixSort(int64_t* data, uint64_t size) {
  constexpr uint64_t kSignBit = uint64_t{1} << 63;
  auto counts = std::make_unique<uint64_t[]>(kPasses * kDigits);
  const auto digit = [](int64_t key, int pass) {
    return ((static_cast<uint64_t>(key) ^ kSignBit) >> (pass * kDigitBits)) & (kDigits - 1);
  };
  for (uint64_t i = 0; i < size; ++i) {
    for (int pass = 0; pass < kPasses; ++pass) {
      ++counts[static_cast<size_t>(pass) * kDigits + digit(data[i], pass)];
    }
  }
  auto scratch = std::make_unique_for_overwrite<int64_t[]>(size);
  int64_t* from = data;
  int64_t* to = scratch.get();
  for (int pass = 0; pass < kPasses; ++pass) {
    uint64_t* offsets = &counts[static_cast<size_t>(pass) * kDigits];
    if (offsets[digit(from[0], pass)] == size) continue;
    uint64_t sum = 0;
    for (size_t d = 0; d < kDigits; ++d) sum += std::exchange(offsets[d], sum);
    for (uint64_t i = 0; i < size; ++i) to[offsets[digit(from[i], pass)]++] = from[i];
    std::swap(from, to);
  }
  if (from != data) std::memcpy(data, from, size * sizeof(int64_t));
}

void SortInts(int64_t* data, uint64_t size) {
  if (std::is_sorted(data, data + size)) return;
  if (size < kMinRadix) {
    std::sort(data, data + size);
  } else {
    RadixSort(data, size);
  }
}

// Stable: sorted runs are merged, two of `width` elements into one of twice that.
template <typename T, typename Less>
void MergeSort(T* data, uint64_t size, Less less) {
  constexpr uint64_t kRun = 16;
  for (uint64_t begin = 0; begin < size; begin += kRun) {
    const uint64_t end = std::min(begin + kRun, size);
    for (uint64_t i = begin + 1; i < end; ++i) {
      const T item = data[i];
      uint64_t at = i;
      for (; at > begin && less(item, data[at - 1]); --at) data[at] = data[at - 1];
      data[at] = item;
    }
  }
  auto scratch = std::make_unique_for_overwrite<T[]>(size);
  T* from = data;
  T* to = scratch.get();
  for (uint64_t width = kRun; width < size; width *= 2) {
    for (uint64_t begin = 0; begin < size; begin += 2 * width) {
      const uint64_t middle = std::min(begin + width, size);
      const uint64_t end = std::min(middle + width, size);
      std::merge(from + begin, from + middle, from + middle, from + end, to + begin, less);
    }
    std::swap(from, to);
  }
  if (from != data) std::copy(from, from + size, data);
}

void SortFloats(double* data, uint64_t size) {
  double* at = data;
  for (uint64_t i = 0; i < size; ++i) {
    if (!std::isnan(data[i])) *at++ = data[i];
  }
  std::fill(at, data + size, std::numeric_limits<double>::quiet_NaN());
  const auto numbers = static_cast<uint64_t>(at - data);
  if (!std::is_sorted(data, at)) MergeSort(data, numbers, std::less<double>());
}

// Exact, also for ints that no double equals.
bool NumberLess(Value a, Value b) {
  constexpr double kLimit = 9223372036854775808.0;
  if (a.IsInt() && b.IsInt()) return a.i < b.i;
  if (a.IsFloat() && b.IsFloat()) return a.d < b.d;
  const double d = a.IsFloat() ? a.d : b.d;
  const int64_t i = a.IsInt() ? a.i : b.i;
  // Where the float stands relative to the int: below, at or above it.
  int side;
  if (d >= kLimit) {
    side = 1;
  } else if (d < -kLimit) {
    side = -1;
  } else {
    const double whole = std::floor(d);
    const auto w = static_cast<int64_t>(whole);
    side = w < i ? -1 : w > i || d > whole ? 1 : 0;
  }
  return a.IsFloat() ? side < 0 : side > 0;
}

// A string with its first eight bytes as a number that orders like them.
struct StringKey {
  uint64_t prefix;
  Value string;

  bool operator<(const StringKey& other) const {
    if (prefix != other.prefix) return prefix < other.prefix;
    return CompareStrings(string.As<String>(), other.string.As<String>()) < 0;
  }
};

void SortStrings(Value* data, uint64_t size) {
  std::vector<StringKey> keys;
  keys.reserve(size);
  for (uint64_t i = 0; i < size; ++i) {
    const auto* s = data[i].As<String>();
    uint64_t prefix = 0;
    std::memcpy(&prefix, s->data, std::min<size_t>(s->size, sizeof prefix));
    keys.push_back(
        {std::endian::native == std::endian::little ? __builtin_bswap64(prefix) : prefix, data[i]});
  }
  std::sort(keys.begin(), keys.end());  // equal strings cannot be told apart
  for (uint64_t i = 0; i < size; ++i) data[i] = keys[i].string;
}

void SortValues(Value* data, uint64_t size) {
  enum Group { kNumbers, kNans, kStrings, kRest, kGroupCount };
  std::vector<Value> groups[kGroupCount];
  for (uint64_t i = 0; i < size; ++i) {
    const Value v = data[i];
    const Group group = v.IsFloat() && std::isnan(v.d) ? kNans
                        : v.IsNumber()                 ? kNumbers
                        : v.IsString()                 ? kStrings
                                                       : kRest;
    groups[group].push_back(v);
  }
  MergeSort(groups[kNumbers].data(), groups[kNumbers].size(), NumberLess);
  SortStrings(groups[kStrings].data(), groups[kStrings].size());
  for (const std::vector<Value>& group : groups) data = std::copy(group.begin(), group.end(), data);
}

}  // namespace

void SortArray(Array* a) {
  switch (a->storage()) {
    case Array::kInts:
      return SortInts(a->ints, a->size);
    case Array::kFloats:
      return SortFloats(a->floats, a->size);
    case Array::kBools:
      return;  // no numbers, no strings: the order stays
    default:
      return SortValues(a->values, a->size);
  }
}

}  // namespace ruff
