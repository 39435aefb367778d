// The reader: toml++ makes a tree, whose tables and arrays become dicts and arrays here, with the
// open ones on a stack. A message of toml++ stands where it stopped reading; ours stand where the
// key or value that is wrong begins.

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ruff/base/broken_utf8.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/toml.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"
#include "toml++/toml.h"

namespace ruff {
namespace {

constexpr size_t kMaxShownLine = 200;  // bytes of a source line that a message repeats
constexpr uint64_t kTreeBytes = 160;   // about the most, for each byte of text

std::string DateText(const toml::date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year, date.month, date.day);
}

std::string TimeText(const toml::time& time) {
  std::string text = absl::StrFormat("%02d:%02d:%02d", time.hour, time.minute, time.second);
  if (time.nanosecond == 0) return text;
  absl::StrAppendFormat(&text, ".%09d", time.nanosecond);
  return text.substr(0, text.find_last_not_of('0') + 1);
}

std::string DateTimeText(const toml::date_time& moment) {
  std::string text = absl::StrCat(DateText(moment.date), "T", TimeText(moment.time));
  if (!moment.offset) return text;
  const int minutes = moment.offset->minutes;
  if (minutes == 0) return text + "Z";
  absl::StrAppendFormat(&text, "%c%02d:%02d", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                        std::abs(minutes) % 60);
  return text;
}

Value Scalar(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return NewText(node.as_string()->get());
    case toml::node_type::integer:
      return Value::Int(node.as_integer()->get());
    case toml::node_type::floating_point:
      return Value::Float(node.as_floating_point()->get());
    case toml::node_type::boolean:
      return Value::Bool(node.as_boolean()->get());
    case toml::node_type::date:
      return NewText(DateText(node.as_date()->get()));
    case toml::node_type::time:
      return NewText(TimeText(node.as_time()->get()));
    default:
      return NewText(DateTimeText(node.as_date_time()->get()));
  }
}

// A table or array of the tree whose value is being made.
struct Open {
  explicit Open(const toml::node& node)
      : table(node.as_table()),
        array(node.as_array()),
        container(table != nullptr ? Ref(NewDict()) : Ref(NewArray())) {
    if (table != nullptr) field = table->begin();
  }

  bool AtEnd() const { return table != nullptr ? field == table->end() : element == array->size(); }
  const toml::node& Next() const { return table != nullptr ? field->second : (*array)[element]; }
  void Store(Value owned) {
    if (table == nullptr) {
      ArrayPush(container.As<Array>(), owned);
      ++element;
    } else {
      const Ref key(NewString(field->first.str()));
      DictSet(container.As<Dict>(), key.get(), owned);
      ++field;
    }
  }

  const toml::table* table;
  const toml::array* array;
  Ref container;
  toml::table::const_iterator field;
  size_t element = 0;
};

// The value of a tree; Unset when it does not fit into memory.
Value ValueOf(const toml::table& root) {
  std::vector<Open> open;
  open.emplace_back(root);
  while (true) {
    while (open.back().AtEnd()) {
      Ref closed = std::move(open.back().container);
      open.pop_back();
      if (open.empty()) return closed.Take();
      open.back().Store(closed.Take());
    }
    const toml::node& next = open.back().Next();
    if (next.is_table() || next.is_array()) {
      open.emplace_back(next);
    } else {
      open.back().Store(Scalar(next));
    }
    if (Heap::Current()->over_limit()) return Value::Unset();
  }
}

// Where things begin. `at` and `end` are offsets into the text, behind what is looked for.

bool IsKeyByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
}
bool IsWordByte(char c) { return IsKeyByte(c) || c == '+' || c == '.' || c == ':'; }

template <typename Predicate>
size_t BeginOf(std::string_view text, size_t end, Predicate predicate) {
  while (end > 0 && predicate(text[end - 1])) --end;
  return end;
}
size_t BlanksBegin(std::string_view text, size_t end) {
  return BeginOf(text, end, [](char c) { return c == ' ' || c == '\t'; });
}

// Of a number, date, time or word; a blank may stand between a date and a time.
size_t ScalarBegin(std::string_view text, size_t end) {
  const size_t begin = BeginOf(text, end, IsWordByte);
  if (begin == end || begin < 11 || text[begin - 1] != ' ') return begin;
  const size_t date = BeginOf(text, begin - 1, IsWordByte);
  return begin - date == 11 && text[date + 4] == '-' && text[date + 7] == '-' ? date : begin;
}

size_t KeyPartBegin(std::string_view text, size_t end) {
  const char quote = end > 0 ? text[end - 1] : '\0';
  if (quote != '"' && quote != '\'') return BeginOf(text, end, IsKeyByte);
  size_t begin = end - 1;
  while (begin > 0) {
    --begin;
    if (text[begin] != quote) continue;
    const size_t escapes = begin - BeginOf(text, begin, [](char c) { return c == '\\'; });
    if (quote == '\'' || escapes % 2 == 0) break;
  }
  return begin;
}
// Of the key whose value, or one of whose parts, begins at `at`.
size_t KeyBegin(std::string_view text, size_t at) {
  const size_t before = BlanksBegin(text, at);
  if (before > 0 && text[before - 1] == '=') {
    at = KeyPartBegin(text, BlanksBegin(text, before - 1));
  }
  while (true) {
    const size_t dot = BlanksBegin(text, at);
    if (dot == 0 || text[dot - 1] != '.') return at;
    at = KeyPartBegin(text, BlanksBegin(text, dot - 1));
  }
}

// Where what `message` calls wrong begins, when toml++ has stopped at `at`.
size_t DefectBegin(std::string_view text, size_t at, std::string_view message) {
  const auto says = [&](std::string_view part) { return absl::StrContains(message, part); };
  if (says("cannot redefine") || says("cannot insert")) {
    return says("parsing table header") ? at : KeyBegin(text, at);
  }
  if (says("parsing unicode scalar sequence") || says("escape sequence")) {
    return text.rfind('\\', at == text.size() ? at : at - (text[at] != '\\'));
  }
  const bool outside_scalars = says("key-value pair:") ? !says("expected a comment")
                                                       : says("string:") || says("comment:") ||
                                                             says("key:") || says("table header:");
  if (outside_scalars) return at;
  // A word that is wrong at its end or inside; any other byte is itself wrong.
  const char c = at < text.size() ? text[at] : '\n';
  const bool in_word = IsWordByte(c);
  const bool behind_word = absl::StrContains(" \t\r\n,]}#", c) && !says("expected a comment");
  if (!in_word && !behind_word) return at;
  return ScalarBegin(text, at);
}

std::string ErrorText(std::string_view text, const toml::parse_error& error) {
  const std::string message = MendUtf8(error.description());
  // Behind the first quote can stand what the document says.
  const std::string_view own_words = std::string_view(message).substr(0, message.find('\''));
  const toml::source_position position = error.source().begin;
  size_t line = 0;
  size_t number = 1;
  for (; number < position.line; ++number) line = text.find('\n', line) + 1;
  size_t at = text.size();
  if (!absl::StrContains(own_words, "end-of-file")) {
    at = line;
    for (uint32_t column = 1; column < position.column && at < text.size(); ++column) {
      at += static_cast<size_t>(Utf8Length(text[at]));
    }
  }
  at = DefectBegin(text, at, own_words);
  for (size_t newline; (newline = text.find('\n', line)) < at; ++number) line = newline + 1;
  std::string_view shown = text.substr(line, text.find('\n', line) - line);
  if (shown.ends_with('\r')) shown.remove_suffix(1);
  const size_t before = CountCharacters(text.substr(line, at - line));
  std::string out = absl::StrCat("TOML parse error: TOML parse error at line ", number, ", column ",
                                 before + 1, "\n");
  if (shown.size() <= kMaxShownLine) {
    const std::string margin(absl::StrCat(number).size(), ' ');
    absl::StrAppend(&out, margin, " |\n", number, " | ", shown, "\n", margin, " | ",
                    std::string(before, ' '), "^\n");
  }
  absl::StrAppend(&out, message.substr(message.find(": ") + 2), "\n");
  return out;
}

}  // namespace

Value ParseToml(std::string_view text, std::string* error) {
  constexpr std::string_view kTooLarge = "parse_toml() result exceeds maximum size";
  error->clear();
  if (!Heap::Current()->CanAllocate(kTreeBytes * text.size())) {
    *error = kTooLarge;
    return Value::Unset();
  }
  const toml::parse_result tree = toml::parse(text);
  if (!tree) {
    *error = ErrorText(text, tree.error());
    return Value::Unset();
  }
  const Value value = ValueOf(tree.table());
  if (value.Is(Kind::kUnset)) *error = kTooLarge;
  return value;
}

}  // namespace ruff
