#include "ruff/lang/lex/keyword.h"

#include <array>
#include <cstddef>
#include <cstdint>

// A perfect hash: each reserved word has a slot of its own, so one comparison decides. The length
// and the first, middle and last byte tell all reserved words apart; the multiplier was found by
// trial, and the table does not compile if two words share a slot.

namespace ruff {
namespace {

constexpr uint32_t kMultiplier = 0x8e73ca47;
constexpr int kSlotBits = 7;

constexpr uint32_t SlotOf(std::string_view word) {
  const auto byte = [word](size_t i) {
    return static_cast<uint32_t>(static_cast<uint8_t>(word[i]));
  };
  const size_t length = word.size();
  const uint32_t key = byte(0) | byte(length / 2) << 8 | byte(length - 1) << 16 |
                       static_cast<uint32_t>(length) << 24;
  return key * kMultiplier >> (32 - kSlotBits);
}

struct Slot {
  std::string_view spelling;
  TokenKind kind = TokenKind::kIdentifier;
};

struct Table {
  std::array<Slot, 1 << kSlotBits> slots;
  bool perfect = true;

  constexpr void Add(std::string_view spelling, TokenKind kind) {
    Slot& slot = slots[SlotOf(spelling)];
    if (!slot.spelling.empty()) perfect = false;
    slot = {spelling, kind};
  }
};

constexpr Table MakeTable() {
  Table table;
#define RUFF_KEYWORD(Name, spelling) table.Add(spelling, TokenKind::k##Name);
#define RUFF_BOOL(Name, spelling) table.Add(spelling, TokenKind::k##Name);
#include "ruff/lang/lex/token_kind.def"
  return table;
}

constexpr Table kTable = MakeTable();
static_assert(kTable.perfect, "two reserved words share a slot: try another multiplier");

}  // namespace

TokenKind FindKeyword(std::string_view word) {
  const Slot& slot = kTable.slots[SlotOf(word)];
  return slot.spelling == word ? slot.kind : TokenKind::kIdentifier;
}

}  // namespace ruff
