#include "ruff/lang/ast/string_table.h"

#include <algorithm>
#include <cstring>

namespace ruff {
namespace {

constexpr size_t kFirstChunk = 1 << 10;
constexpr size_t kLargestChunk = 1 << 18;

}  // namespace

uint32_t StringTable::Intern(std::string_view text) {
  if (auto it = ids_.find(text); it != ids_.end()) return it->second;
  const uint32_t id = static_cast<uint32_t>(views_.size());
  views_.push_back(Copy(text));
  ids_.emplace(views_.back(), id);
  return id;
}

std::string_view StringTable::Copy(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > free_bytes_) {
    // Chunks double up to a bound; a long string gets a chunk of its own and leaves the shared one.
    const size_t shared =
        std::min(kLargestChunk, kFirstChunk << std::min<size_t>(chunks_.size(), 8));
    if (text.size() > shared / 4) {
      chunks_.emplace_back(new char[text.size()]);
      std::memcpy(chunks_.back().get(), text.data(), text.size());
      return {chunks_.back().get(), text.size()};
    }
    chunks_.emplace_back(new char[shared]);
    free_ = chunks_.back().get();
    free_bytes_ = shared;
  }
  char* copy = free_;
  std::memcpy(copy, text.data(), text.size());
  free_ += text.size();
  free_bytes_ -= text.size();
  return {copy, text.size()};
}

}  // namespace ruff
