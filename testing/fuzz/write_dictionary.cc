// Prints the language's tokens as a libFuzzer dictionary.

#include <cstdio>
#include <set>
#include <string>
#include <string_view>

#include "ruff/lang/lex/token.h"

namespace {

// Besides tokens with one spelling: what begins, ends or stands inside literals and comments.
constexpr std::string_view kPieces[] = {
    "${", "}\"", "\"\"\"", "\\n",  "\\u{", "0x", "0b",  "1e9", "9223372036854775807",
    "//", "/*",  "*/",     "#",    "self", "_",  "::",  "->",  "=>",
    "Ok", "Err", "Some",   "None", "\r\n", "'",  "$\"", "..."};

std::string Escaped(std::string_view text) {
  std::string result;
  for (const unsigned char c : text) {
    char buffer[8];
    if (c == '"' || c == '\\' || c < ' ' || c > '~') {
      std::snprintf(buffer, sizeof(buffer), "\\x%02x", c);
      result += buffer;
    } else {
      result += static_cast<char>(c);
    }
  }
  return result;
}

}  // namespace

int main() {
  std::set<std::string_view> words(std::begin(kPieces), std::end(kPieces));
  for (int kind = 0; kind < ruff::kTokenKindCount; ++kind) {
    words.insert(ruff::SpellingOf(static_cast<ruff::TokenKind>(kind)));
  }
  for (const std::string_view word : words) {
    if (!word.empty()) std::printf("\"%s\"\n", Escaped(word).c_str());
  }
}
