// Gives equal strings one dense id.

#ifndef RUFF_LANG_AST_STRING_TABLE_H_
#define RUFF_LANG_AST_STRING_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace ruff {

// Ids count up from 0 in order of first appearance. The bytes live in chunks that never move, so
// views stay valid for the life of the table, also across a move of the table.
class StringTable {
 public:
  StringTable() = default;
  StringTable(StringTable&&) = default;
  StringTable& operator=(StringTable&&) = default;

  // The id of `text`; copies it on first sight.
  uint32_t Intern(std::string_view text);

  std::string_view Get(uint32_t id) const { return views_[id]; }
  size_t size() const { return views_.size(); }

 private:
  std::string_view Copy(std::string_view text);

  std::vector<std::string_view> views_;
  absl::flat_hash_map<std::string_view, uint32_t> ids_;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* free_ = nullptr;  // unused tail of the newest shared chunk
  size_t free_bytes_ = 0;
};

}  // namespace ruff

#endif  // RUFF_LANG_AST_STRING_TABLE_H_
