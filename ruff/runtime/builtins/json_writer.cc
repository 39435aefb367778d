// The writer: open containers on a stack of its own; a DAG of shared values is written out in full,
// so the text is bounded.

#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/float_text.h"
#include "ruff/runtime/builtins/json.h"
#include "ruff/runtime/builtins/json_scan.h"
#include "ruff/runtime/builtins/text.h"

namespace ruff {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

class JsonWriter {
 public:
  JsonWriter(JsonLayout layout, size_t max_depth, BoundedText* out, std::string* error)
      : pretty_(layout == JsonLayout::kPretty), max_depth_(max_depth), out_(out), error_(error) {}

  bool Run(Value value) {
    if (!Begin(value)) return false;
    while (!open_.empty()) {
      Open& open = open_.back();
      if (open.next == open.size) {
        const char closing = open.order == nullptr ? ']' : '}';
        open_.pop_back();
        if (!NewLine() || !out_->Append(closing)) return false;
        continue;
      }
      if (open.next > 0 && !out_->Append(',')) return false;
      if (!NewLine()) return false;
      const uint64_t i = open.next++;
      if (open.order == nullptr) {
        if (!Begin(ArrayGet(open.container.As<Array>(), i))) return false;
        continue;
      }
      const DictEntry& entry = open.container.As<Dict>()->entries[open.order[i]];
      if (!Key(entry.key) || !Begin(entry.value)) return false;
    }
    return true;
  }

 private:
  struct Open {
    Value container;        // borrowed: an array or a dict
    const uint32_t* order;  // of a dict, otherwise null
    uint64_t size;
    uint64_t next;
  };

  // Writes a scalar or an empty container, or opens a container.
  bool Begin(Value value) {
    switch (value.kind()) {
      case Kind::kNull:
        return out_->Append("null");
      case Kind::kBool:
        return out_->Append(value.b ? "true" : "false");
      case Kind::kInt:
        if (!out_->Reserve(kMaxIntText)) return false;
        out_->set_end(out_->end() + FormatInt(value.i, out_->end()));
        return true;
      case Kind::kFloat:
        return Float(value.d);
      case Kind::kString:
        return Text(TextOf(value));
      case Kind::kArray: {
        const uint64_t size = value.As<Array>()->size;
        return Enter({value, nullptr, size, 0}, "[]");
      }
      case Kind::kDict: {
        const Dict* dict = value.As<Dict>();
        return Enter({value, dict->size == 0 ? nullptr : DictOrder(dict), dict->size, 0}, "{}");
      }
      default:
        *error_ = absl::StrCat("Cannot convert ", Diagnostic(value), " to JSON");
        return false;
    }
  }

  bool Enter(const Open& open, std::string_view brackets) {
    if (open_.size() == max_depth_) {
      *error_ = absl::StrCat("JSON value exceeds maximum nesting depth of ", max_depth_);
      return false;
    }
    if (open.size == 0) return out_->Append(brackets);
    open_.push_back(open);
    return out_->Append(brackets[0]);
  }

  bool NewLine() {
    return !pretty_ || (out_->Append('\n') && out_->AppendSpaces(2 * open_.size()));
  }

  bool Float(double d) {
    if (!std::isfinite(d)) {
      std::string text;
      AppendFloat(d, &text);
      *error_ = absl::StrCat("Cannot convert non-finite float ", text, " to JSON");
      return false;
    }
    if (!out_->Reserve(kMaxDataFloatText)) return false;
    out_->set_end(out_->end() + FormatExponentFloat(d, out_->end()));
    return true;
  }

  bool Key(Value key) {
    if (key.IsInt()) {
      char digits[kMaxIntText];
      if (!Text({digits, FormatInt(key.i, digits)})) return false;
    } else if (!Text(TextOf(key))) {
      return false;
    }
    return out_->Append(pretty_ ? ": " : ":");
  }

  bool Text(std::string_view text) {
    if (!out_->Reserve(text.size() + 2)) return false;
    const char* at = text.data();
    const char* const end = at + text.size();
    const char* special = SkipJsonPlain(at, end);
    char* to = out_->end();
    *to++ = '"';
    CopyText(to, at, static_cast<size_t>(special - at));
    to += special - at;
    if (special == end) {
      *to++ = '"';
      out_->set_end(to);
      return true;
    }
    out_->set_end(to);
    while (special != end) {
      if (!Escape(*special)) return false;
      at = special + 1;
      special = SkipJsonPlain(at, end);
      if (!out_->Append({at, static_cast<size_t>(special - at)})) return false;
    }
    return out_->Append('"');
  }

  bool Escape(char c) {
    switch (c) {
      case '"':
        return out_->Append("\\\"");
      case '\\':
        return out_->Append("\\\\");
      case '\b':
        return out_->Append("\\b");
      case '\f':
        return out_->Append("\\f");
      case '\n':
        return out_->Append("\\n");
      case '\r':
        return out_->Append("\\r");
      case '\t':
        return out_->Append("\\t");
      default:
        return out_->Append("\\u00") && out_->Append(kHexDigits[c >> 4]) &&
               out_->Append(kHexDigits[c & 15]);
    }
  }

  const bool pretty_;
  const size_t max_depth_;
  BoundedText* const out_;
  std::string* const error_;
  std::vector<Open> open_;
};

}  // namespace

bool WriteJson(Value value, JsonLayout layout, BoundedText* out, std::string* error,
               size_t max_depth) {
  return JsonWriter(layout, max_depth, out, error).Run(value);
}

}  // namespace ruff
