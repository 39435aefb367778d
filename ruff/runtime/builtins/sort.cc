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

// Least significant digit first; digits that all keys share are skipped. Looks at the bits from
// `low_bit` on only, and leaves keys that are equal there in their order.
void RadixSort(int64_t* data, uint64_t size, int low_bit) {
  constexpr uint64_t kSignBit = uint64_t{1} << 63;
  const int passes = (64 - low_bit + kDigitBits - 1) / kDigitBits;
  auto counts = std::make_unique<uint64_t[]>(static_cast<size_t>(passes) * kDigits);
  const auto digit = [low_bit](int64_t key, int pass) {
    const uint64_t bits = (static_cast<uint64_t>(key) ^ kSignBit) >> low_bit;
    return (bits >> (pass * kDigitBits)) & (kDigits - 1);
  };
  for (uint64_t i = 0; i < size; ++i) {
    for (int pass = 0; pass < passes; ++pass) {
      ++counts[static_cast<size_t>(pass) * kDigits + digit(data[i], pass)];
    }
  }
  auto scratch = std::make_unique_for_overwrite<int64_t[]>(size);
  int64_t* from = data;
  int64_t* to = scratch.get();
  for (int pass = 0; pass < passes; ++pass) {
    uint64_t* offsets = &counts[static_cast<size_t>(pass) * kDigits];
    if (offsets[digit(from[0], pass)] == size) continue;
    uint64_t sum = 0;
    for (size_t d = 0; d < kDigits; ++d) sum += std::exchange(offsets[d], sum);
    for (uint64_t i = 0; i < size; ++i) to[offsets[digit(from[i], pass)]++] = from[i];
    std::swap(from, to);
  }
  if (from != data) std::memcpy(data, from, size * sizeof(int64_t));
}

// As RadixSort: `low_bit` says from where on the keys are out of order.
void SortInts(int64_t* data, uint64_t size, int low_bit = 0) {
  if (std::is_sorted(data, data + size)) return;
  if (size < kMinRadix) {
    std::sort(data, data + size);
  } else {
    RadixSort(data, size, low_bit);
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

StringKey StringKeyOf(Value string) {
  const auto* s = string.As<String>();
  uint64_t prefix = 0;
  std::memcpy(&prefix, s->data, std::min<size_t>(s->size, sizeof prefix));
  return {std::endian::native == std::endian::little ? __builtin_bswap64(prefix) : prefix, string};
}

void SortStrings(Value* data, uint64_t size) {
  std::vector<StringKey> keys;
  keys.reserve(size);
  for (uint64_t i = 0; i < size; ++i) keys.push_back(StringKeyOf(data[i]));
  std::sort(keys.begin(), keys.end());  // equal strings cannot be told apart
  for (uint64_t i = 0; i < size; ++i) data[i] = keys[i].string;
}

// What stands together, in this order.
enum Group { kNumbers, kNans, kStrings, kRest, kGroupCount };

Group GroupOf(Value v) {
  if (v.IsFloat() && std::isnan(v.d)) return kNans;
  return v.IsNumber() ? kNumbers : v.IsString() ? kStrings : kRest;
}

void SortValues(Value* data, uint64_t size) {
  std::vector<Value> groups[kGroupCount];
  for (uint64_t i = 0; i < size; ++i) groups[GroupOf(data[i])].push_back(data[i]);
  MergeSort(groups[kNumbers].data(), groups[kNumbers].size(), NumberLess);
  SortStrings(groups[kStrings].data(), groups[kStrings].size());
  for (const std::vector<Value>& group : groups) data = std::copy(group.begin(), group.end(), data);
}

// What an element is sorted by, and where it stands.
template <typename Key>
struct Ranked {
  Key key;
  uint64_t index;
};

template <typename Key>
void AppendIndexes(const std::vector<Ranked<Key>>& ranked, std::vector<uint64_t>* out) {
  for (const Ranked<Key>& r : ranked) out->push_back(r.index);
}

// Keys close to each other share a word with their index: half the memory, and sorting by the
// words keeps the order of equal keys. False when a key or an index does not fit.
bool OrderOfCloseInts(const int64_t* keys, uint64_t size, std::vector<uint64_t>* order) {
  constexpr int kIndexBits = 32;
  const auto [min, max] = std::minmax_element(keys, keys + size);
  const uint64_t range = static_cast<uint64_t>(*max) - static_cast<uint64_t>(*min);
  if (range >> (63 - kIndexBits) != 0 || size >> kIndexBits != 0) return false;
  order->resize(size);
  uint64_t* words = order->data();
  for (uint64_t i = 0; i < size; ++i) {
    words[i] = (static_cast<uint64_t>(keys[i]) - static_cast<uint64_t>(*min)) << kIndexBits | i;
  }
  SortInts(reinterpret_cast<int64_t*>(words), size, kIndexBits);
  for (uint64_t i = 0; i < size; ++i) words[i] &= (uint64_t{1} << kIndexBits) - 1;
  return true;
}

}  // namespace

std::vector<uint64_t> SortedOrder(const Array* keys) {
  std::vector<uint64_t> order;
  if (keys->storage() == Array::kInts && keys->size > 0 &&
      OrderOfCloseInts(keys->ints, keys->size, &order)) {
    return order;
  }
  order.reserve(keys->size);
  std::vector<Ranked<Value>> groups[kGroupCount];
  std::vector<Ranked<StringKey>> strings;
  for (uint64_t i = 0; i < keys->size; ++i) {
    const Value key = ArrayGet(keys, i);
    const Group group = GroupOf(key);
    if (group == kStrings) {
      strings.push_back({StringKeyOf(key), i});
    } else {
      groups[group].push_back({key, i});
    }
  }
  MergeSort(groups[kNumbers].data(), groups[kNumbers].size(),
            [](const auto& a, const auto& b) { return NumberLess(a.key, b.key); });
  MergeSort(strings.data(), strings.size(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  AppendIndexes(groups[kNumbers], &order);
  AppendIndexes(groups[kNans], &order);
  AppendIndexes(strings, &order);
  AppendIndexes(groups[kRest], &order);
  return order;
}

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
