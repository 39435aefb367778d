#ifndef RUFF_LANG_LEX_CHARACTER_CLASS_H_
#define RUFF_LANG_LEX_CHARACTER_CLASS_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "ruff/lang/lex/token.h"

// The tables the lexer is driven by, all made from the token list and a few ranges.

namespace ruff {

// What a token may be that starts with a byte.
enum class CharacterClass : uint8_t {
  kInvalid,
  kBlank,    // space, tab
  kLineEnd,  // \n, \r
  kNul,      // the end of the source, or a NUL in it
  kName,     // A-Z a-z _
  kDigit,
  kQuote,
  kHash,
  kSlash,     // comment or operator
  kOperator,  // operator or punctuation, except / and braces
  kOpenBrace,
  kCloseBrace,
  kNonAscii,
};

namespace internal {

template <typename T>
using ByteTable = std::array<T, 256>;

constexpr uint8_t ToByte(char c) { return static_cast<uint8_t>(c); }

template <typename Function>
constexpr void ForEachOperator(Function function) {
#define RUFF_OPERATOR(Name, spelling) function(std::string_view(spelling), TokenKind::k##Name);
#define RUFF_PUNCTUATION(Name, spelling) function(std::string_view(spelling), TokenKind::k##Name);
#include "ruff/lang/lex/token_kind.def"
}

constexpr ByteTable<CharacterClass> MakeClasses() {
  ByteTable<CharacterClass> table{};
  ForEachOperator([&table](std::string_view spelling, TokenKind) {
    table[ToByte(spelling[0])] = CharacterClass::kOperator;
  });
  for (int c = 'a'; c <= 'z'; ++c) table[c] = CharacterClass::kName;
  for (int c = 'A'; c <= 'Z'; ++c) table[c] = CharacterClass::kName;
  for (int c = '0'; c <= '9'; ++c) table[c] = CharacterClass::kDigit;
  for (int c = 0x80; c <= 0xFF; ++c) table[c] = CharacterClass::kNonAscii;
  table['_'] = CharacterClass::kName;
  table[' '] = table['\t'] = CharacterClass::kBlank;
  table['\n'] = table['\r'] = CharacterClass::kLineEnd;
  table['\0'] = CharacterClass::kNul;
  table['"'] = CharacterClass::kQuote;
  table['#'] = CharacterClass::kHash;
  table['/'] = CharacterClass::kSlash;
  table['{'] = CharacterClass::kOpenBrace;
  table['}'] = CharacterClass::kCloseBrace;
  return table;
}

constexpr ByteTable<bool> MakeNameBytes() {
  ByteTable<bool> table{};
  const ByteTable<CharacterClass> classes = MakeClasses();
  for (int c = 0; c < 256; ++c) {
    table[c] = classes[c] == CharacterClass::kName || classes[c] == CharacterClass::kDigit;
  }
  return table;
}

constexpr ByteTable<bool> MakeStringStops() {
  ByteTable<bool> table{};
  for (char c : {'"', '\\', '$', '\n', '\r', '\0'}) table[ToByte(c)] = true;
  return table;
}

// Operators of one and two bytes. Bytes that occur in operators have a small number, others 0.
struct OperatorTable {
  static constexpr int kMaxBytes = 32;

  ByteTable<uint8_t> number{};
  std::array<TokenKind, kMaxBytes> single{};
  std::array<std::array<TokenKind, kMaxBytes>, kMaxBytes> pair{};
};

constexpr OperatorTable MakeOperators() {
  OperatorTable table;
  uint8_t count = 0;
  ForEachOperator([&](std::string_view spelling, TokenKind) {
    for (char c : spelling) {
      if (table.number[ToByte(c)] == 0) table.number[ToByte(c)] = ++count;
    }
  });
  ForEachOperator([&table](std::string_view spelling, TokenKind kind) {
    const uint8_t first = table.number[ToByte(spelling[0])];
    if (spelling.size() == 1) table.single[first] = kind;
    if (spelling.size() == 2) table.pair[first][table.number[ToByte(spelling[1])]] = kind;
  });
  return table;
}

inline constexpr ByteTable<CharacterClass> kClasses = MakeClasses();
inline constexpr ByteTable<bool> kNameBytes = MakeNameBytes();
inline constexpr ByteTable<bool> kStringStops = MakeStringStops();
inline constexpr OperatorTable kOperators = MakeOperators();

}  // namespace internal

inline CharacterClass ClassOf(char c) { return internal::kClasses[internal::ToByte(c)]; }

// ASCII letter, digit or underscore.
inline bool IsNameByte(char c) { return internal::kNameBytes[internal::ToByte(c)]; }

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }

inline bool IsLineEnd(char c) { return c == '\n' || c == '\r'; }

// A byte that is not plain text in a string.
inline bool IsStringStop(char c) { return internal::kStringStops[internal::ToByte(c)]; }

// The operator or punctuation spelled by one byte of class kOperator, kSlash or a brace.
inline TokenKind SingleOperator(char c) {
  return internal::kOperators.single[internal::kOperators.number[internal::ToByte(c)]];
}

// The one spelled by two bytes; kEof if there is none.
inline TokenKind PairOperator(char first, char second) {
  const internal::OperatorTable& table = internal::kOperators;
  return table.pair[table.number[internal::ToByte(first)]][table.number[internal::ToByte(second)]];
}

}  // namespace ruff

#endif  // RUFF_LANG_LEX_CHARACTER_CLASS_H_
