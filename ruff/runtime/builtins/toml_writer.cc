// The writer: tables, and within a line arrays and inline tables, on stacks of its own.

#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/float_text.h"
#include "ruff/runtime/builtins/toml.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

bool IsBareKey(std::string_view key) {
  for (const char c : key) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '_' && c != '-') return false;
  }
  return !key.empty();
}

// The text between basic quotes; newlines stay when it is written over several lines.
std::string Escaped(std::string_view text, bool multiline) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '"':
      case '\\':
        out += '\\';
        out += c;
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\n':
        out += multiline ? "\n" : "\\n";
        break;
      default:
        if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) {
          absl::StrAppendFormat(&out, "\\u%04X", static_cast<int>(c));
        } else {
          out += c;
        }
    }
  }
  return out;
}

std::string KeyText(Value stored) {
  const Ref text(DictKeyText(stored));
  const std::string_view key = text.As<String>()->view();
  return IsBareKey(key) ? std::string(key) : absl::StrCat("\"", Escaped(key, false), "\"");
}

// An array that is written as [[name]] sections.
bool IsTableArray(Value value) {
  if (!value.IsArray() || value.As<Array>()->size == 0) return false;
  const Array* array = value.As<Array>();
  for (uint64_t i = 0; i < array->size; ++i) {
    if (!ArrayGet(array, i).IsDict()) return false;
  }
  return true;
}

class TomlWriter {
 public:
  TomlWriter(BoundedText* out, std::string* error) : out_(out), error_(error) {}

  bool Run(Value value) {
    if (!value.IsDict()) {
      if (!Inline(value)) return false;
      *error_ = "TOML serialization error: unsupported rust type";
      return false;
    }
    if (!Enter(value.As<Dict>(), Section::kRoot)) return false;
    while (!open_.empty()) {
      Open& open = open_.back();
      if (open.tables != nullptr) {
        if (open.next == open.tables->size) {
          Leave();
        } else if (!Enter(ArrayGet(open.tables, open.next++).As<Dict>(), Section::kElement)) {
          return false;
        }
        continue;
      }
      if (open.next == open.dict->size) {
        Leave();
        continue;
      }
      const DictEntry& entry = open.dict->entries[open.order[open.next++]];
      if (entry.value.IsDict()) {
        Name(entry.key);
        if (!Enter(entry.value.As<Dict>(), Section::kTable)) return false;
      } else if (IsTableArray(entry.value)) {
        Name(entry.key);
        open_.push_back({nullptr, nullptr, entry.value.As<Array>(), 0, name_before_});
      }
    }
    return true;
  }

 private:
  enum class Section { kRoot, kTable, kElement };

  // A table whose subtables are being written, or an array of tables.
  struct Open {
    const Dict* dict;
    const uint32_t* order;
    const Array* tables;
    uint64_t next;
    size_t name_size;  // of the name around it
  };

  // Makes `name_` that of the member `key`.
  void Name(Value key) {
    name_before_ = name_.size();
    if (!name_.empty()) name_ += '.';
    name_ += KeyText(key);
  }
  void Leave() {
    name_.resize(open_.back().name_size);
    open_.pop_back();
  }

  // Writes header and values of a table named `name_`; its subtables follow later.
  bool Enter(const Dict* dict, Section section) {
    const uint32_t* order = DictOrder(dict);
    bool values = false;
    for (uint32_t i = 0; i < dict->size && !values; ++i) {
      const Value value = dict->entries[order[i]].value;
      values = !value.IsDict() && !IsTableArray(value);
    }
    const size_t name_size = section == Section::kTable ? name_before_ : name_.size();
    if (section == Section::kElement) {
      if (!Separate() || !out_->Append(absl::StrCat("[[", name_, "]]\n"))) return false;
    } else if (section == Section::kTable && (values || dict->size == 0)) {
      if (!Separate() || !out_->Append(absl::StrCat("[", name_, "]\n"))) return false;
    }
    for (uint32_t i = 0; values && i < dict->size; ++i) {
      const DictEntry& entry = dict->entries[order[i]];
      if (entry.value.IsDict() || IsTableArray(entry.value)) continue;
      if (!out_->Append(absl::StrCat(KeyText(entry.key), " = ")) || !Inline(entry.value) ||
          !out_->Append('\n')) {
        return false;
      }
    }
    open_.push_back({dict, order, nullptr, 0, name_size});
    return true;
  }
  bool Separate() { return out_->view().empty() || out_->Append('\n'); }

  // A container written within a line.
  struct OpenInline {
    Value container;
    const uint32_t* order;  // of a dict, otherwise null
    uint64_t size;
    uint64_t next;
  };

  bool Inline(Value value) {
    if (!Begin(value)) return false;
    while (!inline_.empty()) {
      OpenInline& open = inline_.back();
      if (open.next == open.size) {
        const std::string_view closing = open.order == nullptr ? "]" : " }";
        inline_.pop_back();
        if (!out_->Append(closing)) return false;
        continue;
      }
      if (open.next > 0 && !out_->Append(", ")) return false;
      const uint64_t i = open.next++;
      if (open.order == nullptr) {
        if (!Begin(ArrayGet(open.container.As<Array>(), i))) return false;
        continue;
      }
      const DictEntry& entry = open.container.As<Dict>()->entries[open.order[i]];
      if (!out_->Append(absl::StrCat(KeyText(entry.key), " = ")) || !Begin(entry.value)) {
        return false;
      }
    }
    return true;
  }

  // Writes a scalar or an empty container, or opens a container.
  bool Begin(Value value) {
    switch (value.kind()) {
      case Kind::kNull:
        return out_->Append("\"\"");
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
      case Kind::kArray: {
        const uint64_t size = value.As<Array>()->size;
        if (size == 0) return out_->Append("[]");
        inline_.push_back({value, nullptr, size, 0});
        return out_->Append('[');
      }
      case Kind::kDict: {
        const Dict* dict = value.As<Dict>();
        if (dict->size == 0) return out_->Append("{}");
        inline_.push_back({value, DictOrder(dict), dict->size, 0});
        return out_->Append("{ ");
      }
      default:
        *error_ = absl::StrCat("Cannot convert ", Diagnostic(value), " to TOML");
        return false;
    }
  }

  bool Float(double d) {
    if (std::isnan(d)) return out_->Append("nan");
    if (std::isinf(d)) return out_->Append(d > 0 ? "inf" : "-inf");
    char digits[kMaxDataFloatText];
    return out_->Append({digits, FormatPositionalFloat(d, digits)});
  }

  bool Text(std::string_view text) {
    bool quotes = false, literal = true, newline = false;
    for (const char c : text) {
      quotes |= c == '"' || c == '\\';
      newline |= c == '\n';
      literal &= c != '\'' && !absl::ascii_iscntrl(static_cast<unsigned char>(c));
    }
    if (newline) {
      return out_->Append("\"\"\"\n") && out_->Append(Escaped(text, true)) &&
             out_->Append("\"\"\"");
    }
    if (quotes && literal) return out_->Append('\'') && out_->Append(text) && out_->Append('\'');
    return out_->Append('"') && out_->Append(Escaped(text, false)) && out_->Append('"');
  }

  BoundedText* const out_;
  std::string* const error_;
  std::string name_;        // of the table, with its dots
  size_t name_before_ = 0;  // size of `name_` before its last part
  std::vector<Open> open_;
  std::vector<OpenInline> inline_;
};

}  // namespace

bool WriteToml(Value value, BoundedText* out, std::string* error) {
  return TomlWriter(out, error).Run(value);
}

}  // namespace ruff
