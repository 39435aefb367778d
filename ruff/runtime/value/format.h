// The text forms of values.
//
//              text (print)       diagnostic (messages)    debug                echo (REPL)
//   int        5                  Int(5)                   Int(5)               5
//   string     a                  Str("a")                 String("a")          "a"
//   array      [1, a]             Array[2]                 Array[Int(1), …]     [1, "a"]
//   dict       {"k": v}           Dict{1 keys}             Dict{k: …}           {"k": "v"}
//   struct     P { x: 1 }         Struct { name: "P", …    Struct(P)            P { x: 1 }
//
// Formatting is iterative: any depth. Kinds of other libraries give their text through
// KindOps::format.

#ifndef RUFF_RUNTIME_VALUE_FORMAT_H_
#define RUFF_RUNTIME_VALUE_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

enum class Form : uint8_t { kText, kDiagnostic, kDebug, kEcho };

// Appends the form of `value` to `*out`. Stops and returns false when `*out` has grown beyond
// `max_size` bytes (shared values can have texts far larger than their memory).
bool FormatValue(Value value, Form form, std::string* out, size_t max_size = kMaxStringBytes);

// The whole form as a string, for messages.
std::string FormatToString(Value value, Form form);

// The text form as a string value; null when it exceeds kMaxStringBytes. A string is its own text.
String* ToText(Value value);

// What KindOps::format says: pieces of text and nested values, in order.
class FormatParts {
 public:
  void Text(std::string_view text) { parts_.emplace_back(std::string(text), Value::Unset()); }
  void Nested(Value borrowed) { parts_.emplace_back(std::string(), borrowed); }

 private:
  friend class Formatter;
  std::vector<std::pair<std::string, Value>> parts_;
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_FORMAT_H_
