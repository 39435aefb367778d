// The policy with goals and candidates made of the fuzzer's bytes.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tools/disk_guard/policy_properties.h"

namespace ruff::disk_guard {
namespace {

constexpr size_t kMaxCandidates = 200;  // the check takes quadratic time

class Bytes {
 public:
  Bytes(const uint8_t* data, size_t size) : data_(data), end_(data + size) {}
  bool empty() const { return data_ == end_; }
  // Small numbers and very large ones; 200 of them add up to less than 2^64.
  uint64_t Number() {
    const uint8_t byte = empty() ? 0 : *data_++;
    return byte < 240 ? byte : uint64_t{1} << ((byte - 240) * 3 + 8);
  }

 private:
  const uint8_t* data_;
  const uint8_t* const end_;
};

void Check(Bytes bytes) {
  Goals goals{.min_free = bytes.Number(), .max_cache = bytes.Number()};
  if (goals.max_cache == 0) goals.max_cache = UINT64_MAX;
  std::vector<uint64_t> free(1 + bytes.Number() % 3);
  for (uint64_t& volume : free) volume = bytes.Number();
  std::vector<Candidate> candidates;
  while (!bytes.empty() && candidates.size() < kMaxCandidates) {
    const uint64_t size = bytes.Number();
    const uint64_t rest = bytes.Number();
    candidates.push_back({.bytes = size,
                          .last_used = static_cast<int64_t>(rest % 16),
                          .volume = static_cast<uint32_t>(rest / 16 % free.size()),
                          .in_use = rest % 7 == 0});
  }
  const std::string broken = BrokenProperty(candidates, free, goals);
  if (broken.empty()) return;
  std::fprintf(stderr, "the plan %s\n", broken.c_str());
  std::abort();
}

}  // namespace
}  // namespace ruff::disk_guard

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  ruff::disk_guard::Check(ruff::disk_guard::Bytes(data, size));
  return 0;
}
