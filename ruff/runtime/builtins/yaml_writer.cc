// The writer: block style, open collections on a stack of its own.
//
// A collection begins either on a line of its own or behind "- " of the sequence around it:
//
//     key:            - key: 1
//       inner: 1        other: 2
//     list:           - - 1
//     - 1               - 2

#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/float_text.h"
#include "ruff/runtime/builtins/yaml.h"
#include "ruff/runtime/builtins/yaml_scalar.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr size_t kStep = 2;             // of the indentation
constexpr size_t kMaxSimpleKey = 1000;  // bytes as written; readers accept 1024 characters

// Characters that stand for themselves nowhere: controls and what some readers take for a line end.
bool IsSpecial(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
         c == 0xFFFE || c == 0xFFFF;
}

enum class Style { kPlain, kSingleQuoted, kDoubleQuoted, kLiteral };

// Would the text mean something else without quotes?
bool NeedsQuotes(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return true;
  if (YamlKindOf(text) != YamlKind::kString) return true;
  if (text.starts_with("---") || text.starts_with("...")) return true;
  if (std::string_view("*&!%@`|>[]{},#'\"").find(text[0]) != std::string_view::npos) return true;
  if (std::string_view("-?:").find(text[0]) != std::string_view::npos &&
      (text.size() == 1 || text[1] == ' ')) {
    return true;
  }
  const size_t sign = text[0] == '+' || text[0] == '-' ? 1 : 0;
  if (text.size() > sign && text.find_first_not_of("0123456789", sign) == std::string_view::npos) {
    return true;  // "017" is a number to some readers
  }
  return text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos;
}

// How many bytes of a text are written for one of its bytes, at most.
size_t Growth(Style style) {
  switch (style) {
    case Style::kSingleQuoted:
      return 2;  // quotes
    case Style::kDoubleQuoted:
      return 6;  // \u007F
    default:
      return 1;
  }
}

Style StyleOf(std::string_view text) {
  bool newline = false, special = false;
  for (size_t i = 0; i < text.size(); i += Utf8Length(text[i])) {
    if (text[i] == '\n') {
      newline = true;
    } else {
      special |= IsSpecial(DecodeUtf8(text.substr(i)));
    }
  }
  if (special) return Style::kDoubleQuoted;
  if (newline) {
    const bool spaces = text.find(" \n") != std::string_view::npos || text.back() == ' ';
    return spaces ? Style::kDoubleQuoted : Style::kLiteral;
  }
  return NeedsQuotes(text) ? Style::kSingleQuoted : Style::kPlain;
}

std::string DoubleQuoted(std::string_view text) {
  std::string out = "\"";
  for (size_t i = 0; i < text.size();) {
    const size_t size = Utf8Length(text[i]);
    const char32_t c = DecodeUtf8(text.substr(i));
    constexpr std::string_view kNamed = "\t\n\r\"\\";
    const size_t named = c < 0x80 ? kNamed.find(static_cast<char>(c)) : std::string_view::npos;
    if (named != std::string_view::npos) {
      absl::StrAppend(&out, "\\", std::string_view("tnr\"\\").substr(named, 1));
    } else if (IsSpecial(c)) {
      absl::StrAppendFormat(&out, "\\u%04X", static_cast<uint32_t>(c));
    } else {
      out += text.substr(i, size);
    }
    i += size;
  }
  return out += '"';
}

std::string SingleQuoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
  return out += '\'';
}

class YamlWriter {
 public:
  YamlWriter(BoundedText* out, std::string* error) : out_(out), error_(error) {}

  bool Run(Value value) {
    if (!Begin(value, Place::kTop)) return false;
    while (!open_.empty()) {
      Open& open = open_.back();
      if (open.next == open.size) {
        open_.pop_back();
        continue;
      }
      const size_t indent = open.next == 0 && open.begun ? 0 : open.indent;
      if (!out_->AppendSpaces(indent)) return false;
      const uint64_t i = open.next++;
      if (open.order == nullptr) {
        if (!out_->Append('-')) return false;
        if (!Begin(ArrayGet(open.container.As<Array>(), i), Place::kItem)) return false;
        continue;
      }
      const DictEntry& entry = open.container.As<Dict>()->entries[open.order[i]];
      if (!Key(entry.key) || !Begin(entry.value, Place::kMember)) return false;
    }
    return true;
  }

 private:
  enum class Place { kTop, kItem, kMember };  // nothing, "-" or "key:" stands before a value

  struct Open {
    Value container;        // borrowed: an array or a dict
    const uint32_t* order;  // of a dict, otherwise null
    uint64_t size;
    uint64_t next;
    size_t indent;  // of its lines
    bool begun;     // the first line has its indentation already
  };

  // Writes a scalar or an empty collection to the end of its line, or opens a collection.
  bool Begin(Value value, Place place) {
    if (value.IsArray() && value.As<Array>()->size > 0) {
      return Enter(value, nullptr, value.As<Array>()->size, place);
    }
    if (value.IsDict() && value.As<Dict>()->size > 0) {
      return Enter(value, DictOrder(value.As<Dict>()), value.As<Dict>()->size, place);
    }
    if (place != Place::kTop && !out_->Append(' ')) return false;
    return Scalar(value) && out_->Append('\n');
  }

  bool Enter(Value container, const uint32_t* order, uint64_t size, Place place) {
    size_t indent = open_.empty() ? 0 : open_.back().indent;
    if (place == Place::kItem || (place == Place::kMember && order != nullptr)) indent += kStep;
    open_.push_back({container, order, size, 0, indent, place == Place::kItem});
    switch (place) {
      case Place::kTop:
        return true;
      case Place::kItem:
        return out_->Append(' ');
      case Place::kMember:
        return out_->Append('\n');
    }
  }

  bool Key(Value stored) {
    const Ref key(DictKeyText(stored));
    const std::string_view text = key.As<String>()->view();
    const Style style = StyleOf(text);
    if (style != Style::kLiteral && text.size() * Growth(style) <= kMaxSimpleKey) {
      return Text(text) && out_->Append(':');
    }
    return out_->Append("? ") && Text(text) && out_->Append('\n') &&
           out_->AppendSpaces(open_.back().indent) && out_->Append(':');
  }

  bool Scalar(Value value) {
    switch (value.kind()) {
      case Kind::kNull:
        return out_->Append("null");
      case Kind::kBool:
        return out_->Append(value.b ? "true" : "false");
      case Kind::kInt: {
        char digits[kMaxIntText];
        return out_->Append({digits, FormatInt(value.i, digits)});
      }
      case Kind::kFloat:
        return Float(value.d);
      case Kind::kString:
        return Text(TextOf(value));
      case Kind::kArray:
        return out_->Append("[]");
      case Kind::kDict:
        return out_->Append("{}");
      default:
        *error_ = absl::StrCat("Cannot convert ", Diagnostic(value), " to YAML");
        return false;
    }
  }

  bool Float(double d) {
    if (std::isnan(d)) return out_->Append(".nan");
    if (std::isinf(d)) return out_->Append(d > 0 ? ".inf" : "-.inf");
    char digits[kMaxDataFloatText];
    const std::string_view text(digits, FormatExponentFloat(d, digits));
    const size_t plus = text.find('+');
    if (plus == std::string_view::npos) return out_->Append(text);
    return out_->Append(text.substr(0, plus)) && out_->Append(text.substr(plus + 1));
  }

  bool Text(std::string_view text) {
    switch (StyleOf(text)) {
      case Style::kPlain:
        return out_->Append(text);
      case Style::kSingleQuoted:
        return out_->Append(SingleQuoted(text));
      case Style::kDoubleQuoted:
        return out_->Append(DoubleQuoted(text));
      case Style::kLiteral:
        return Literal(text);
    }
  }

  // A literal block without the end of its last line.
  bool Literal(std::string_view text) {
    const size_t indent = kStep + (open_.empty() ? 0 : open_.back().indent);
    if (!out_->Append('|')) return false;
    if ((text[0] == '\n' || text[0] == ' ') && !out_->Append('0' + kStep)) return false;
    if (!text.ends_with('\n')) {
      if (!out_->Append('-')) return false;
    } else {
      const bool keep = text == "\n" || text.ends_with("\n\n");
      if (keep && !out_->Append('+')) return false;
      text.remove_suffix(1);
    }
    while (true) {
      const size_t newline = text.find('\n');
      const std::string_view line = text.substr(0, newline);
      if (!out_->Append('\n')) return false;
      if (!line.empty() && !(out_->AppendSpaces(indent) && out_->Append(line))) return false;
      if (newline == std::string_view::npos) return true;
      text.remove_prefix(newline + 1);
    }
  }

  BoundedText* const out_;
  std::string* const error_;
  std::vector<Open> open_;
};

}  // namespace

bool WriteYaml(Value value, BoundedText* out, std::string* error) {
  return YamlWriter(out, error).Run(value);
}

}  // namespace ruff
