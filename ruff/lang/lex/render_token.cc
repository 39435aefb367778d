#include "ruff/lang/lex/render_token.h"

#include <array>
#include <charconv>
#include <string_view>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/utf8.h"

namespace ruff {
namespace {

// Quoted; quotes, backslashes and control characters escaped.
std::string Quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const std::string_view character = text.substr(0, Utf8Length(text[0]));
    const char32_t code = DecodeUtf8(character);
    text.remove_prefix(character.size());
    if (code == U'"' || code == U'\\') {
      absl::StrAppend(&out, "\\", character);
    } else if (code == U'\n') {
      out += "\\n";
    } else if (code == U'\r') {
      out += "\\r";
    } else if (code == U'\t') {
      out += "\\t";
    } else if (code == U'\0') {
      out += "\\0";
    } else if (code < 0x20 || (code >= 0x7F && code < 0xA0)) {
      absl::StrAppend(&out, "\\u{", absl::Hex(code), "}");
    } else {
      out += character;
    }
  }
  out += '"';
  return out;
}

// Shortest digits that read back as `value`, which is not negative; always with a decimal point or
// an exponent.
std::string FloatText(double value) {
  const bool scientific = value != 0 && (value < 1e-4 || value >= 1e16);
  std::array<char, 32> digits;
  const auto result =
      std::to_chars(digits.data(), digits.data() + digits.size(), value,
                    scientific ? std::chars_format::scientific : std::chars_format::fixed);
  std::string_view text(digits.data(), static_cast<size_t>(result.ptr - digits.data()));
  if (!scientific) {
    return absl::StrCat(text, text.find('.') == std::string_view::npos ? ".0" : "");
  }
  // `1e+16` and `1e-07` are written `1e16` and `1e-7`.
  const size_t e = text.find('e');
  int exponent = 0;
  if (!absl::SimpleAtoi(text.substr(e + 1), &exponent)) return std::string(text);
  return absl::StrCat(text.substr(0, e), "e", exponent);
}

std::string InterpolatedText(const TokenBuffer& tokens, uint32_t start) {
  const uint32_t end = tokens.InterpolationEnd(start);
  std::string out = "InterpolatedString([";
  std::string_view separator;
  uint32_t depth = 0;             // of open expressions
  uint32_t expression_begin = 0;  // of the outermost one
  for (uint32_t i = start + 1; i < end; ++i) {
    switch (tokens[i].kind) {
      case TokenKind::kInterpolationExprStart:
        if (depth++ == 0) expression_begin = tokens.EndOf(i);
        break;
      case TokenKind::kInterpolationExprEnd:
        if (--depth == 0) {
          const std::string_view expression =
              tokens.source().text().substr(expression_begin, tokens[i].offset - expression_begin);
          absl::StrAppend(&out, separator, "Expression(", Quoted(expression), ")");
          separator = ", ";
        }
        break;
      case TokenKind::kStringPart:
        if (depth == 0) {
          absl::StrAppend(&out, separator, "Text(", Quoted(tokens.Text(i)), ")");
          separator = ", ";
        }
        break;
      default:
        break;
    }
  }
  out += "])";
  return out;
}

}  // namespace

std::string RenderToken(const TokenBuffer& tokens, uint32_t index) {
  const TokenKind kind = tokens[index].kind;
  switch (RoleOf(kind)) {
    case TokenRole::kKeyword:
      return absl::StrCat("Keyword(\"", SpellingOf(kind), "\")");
    case TokenRole::kBool:
      return absl::StrCat("Bool(", SpellingOf(kind), ")");
    case TokenRole::kOperator:
      return absl::StrCat("Operator(\"", SpellingOf(kind), "\")");
    case TokenRole::kPunctuation:
      return absl::StrCat("Punctuation('", SpellingOf(kind), "')");
    default:
      break;
  }
  switch (kind) {
    case TokenKind::kIdentifier:
      return absl::StrCat("Identifier(\"", tokens.Spelling(index), "\")");
    case TokenKind::kInt:
      return absl::StrCat("Int(", tokens.IntValue(index), ")");
    case TokenKind::kFloat:
      return absl::StrCat("Float(", FloatText(tokens.FloatValue(index)), ")");
    case TokenKind::kString:
      return absl::StrCat("String(", Quoted(tokens.Text(index)), ")");
    case TokenKind::kInterpolationStart:
      return InterpolatedText(tokens, index);
    case TokenKind::kStringPart:
      return absl::StrCat("Text(", Quoted(tokens.Text(index)), ")");
    case TokenKind::kError:
      return absl::StrCat("Error(", Quoted(tokens.Text(index)), ")");
    default:
      return "Eof";
  }
}

}  // namespace ruff
