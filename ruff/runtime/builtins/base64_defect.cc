#include "ruff/runtime/builtins/base64_defect.h"

#include <array>
#include <cstddef>

#include "absl/strings/str_cat.h"

namespace ruff {
namespace {

constexpr uint8_t kNoSymbol = 0xff;

struct Alphabet {
  constexpr Alphabet(std::string_view symbols, bool pad) : padded(pad) {
    values.fill(kNoSymbol);
    for (size_t i = 0; i < symbols.size(); ++i) {
      values[static_cast<uint8_t>(symbols[i])] = static_cast<uint8_t>(i);
    }
  }
  uint8_t ValueOf(char c) const { return values[static_cast<uint8_t>(c)]; }

  std::array<uint8_t, 256> values{};
  bool padded;
};

constexpr Alphabet kAlphabets[] = {
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", true},
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", false},
    {"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", false},
};

std::string InvalidByte(std::string_view text, size_t at) {
  return absl::StrCat("Invalid byte ", static_cast<uint8_t>(text[at]), ", offset ", at, ".");
}

}  // namespace

std::string FindBase64Defect(std::string_view text, Base64 variant) {
  const Alphabet& alphabet = kAlphabets[static_cast<size_t>(variant)];
  const auto is_symbol = [&](char c) { return alphabet.ValueOf(c) != kNoSymbol; };
  if (text.size() % 4 == 1) {
    const size_t last = text.size() - 1;
    if (!is_symbol(text[last]) && text[last] != '=') return InvalidByte(text, last);
    return "Encoded text cannot have a 6-bit remainder.";
  }
  size_t symbols = 0;
  while (symbols < text.size() && is_symbol(text[symbols])) ++symbols;
  const std::string_view rest = text.substr(symbols);
  if (!rest.empty()) {
    if (rest[0] != '=' || !alphabet.padded) return InvalidByte(text, symbols);
    const size_t padding = rest.find_first_not_of('=');
    const size_t end = padding == std::string_view::npos ? text.size() : symbols + padding;
    if (end < text.size() || symbols % 4 < 2 || end - symbols > 4 - symbols % 4) {
      return InvalidByte(text, symbols);
    }
  }
  if (alphabet.padded && text.size() % 4 != 0) return "Invalid padding";
  const int unused_bits = symbols % 4 == 2 ? 4 : symbols % 4 == 3 ? 2 : 0;
  if (unused_bits > 0) {
    const char last = text[symbols - 1];
    if ((alphabet.ValueOf(last) & ((1 << unused_bits) - 1)) != 0) {
      return absl::StrCat("Invalid last symbol ", static_cast<uint8_t>(last), ", offset ",
                          symbols - 1, ".");
    }
  }
  return {};
}

}  // namespace ruff
