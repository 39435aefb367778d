// The reader: one pass, open arrays and inline tables on a stack of its own.
//
// Tables are built as dicts at once. What may still be added to a table depends on how it came to
// be, so every table that can be added to stands in `kinds_`; all others (inline tables, arrays
// written as values) are closed.
//
//     [a.b]        a is implied (a header [a] may follow), b has its header
//     c.d = 1      c is dotted: further dotted keys may add to it, a header [a.b.c] may not
//     [[e]]        e is an array of tables; [e.f] means its last element

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/toml.h"
#include "ruff/runtime/builtins/toml_scalar.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr size_t kMaxShownLine = 200;  // bytes of a source line that a message repeats

bool IsKeyByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
}
bool IsWordByte(char c) { return IsKeyByte(c) || c == '+' || c == '.' || c == ':'; }
bool IsControl(char c) { return (static_cast<uint8_t>(c) < 0x20 && c != '\t') || c == 0x7F; }

class TomlParser {
 public:
  TomlParser(std::string_view text, std::string* error)
      : begin_(text.data()),
        at_(text.data()),
        end_(text.data() + text.size()),
        error_(error),
        root_(NewDict()),
        table_(root_.As<Dict>()) {
    kinds_[&table_->header] = TableKind::kHeader;
  }

  Value Run() {
    while (SkipLines()) {
      const bool parsed = At('[') ? Header() : KeyValue();
      if (!parsed || !LineEnd() || !CheckMemory()) return Value::Unset();
    }
    return error_->empty() ? root_.Take() : Value::Unset();
  }

 private:
  enum class TableKind : uint8_t { kImplied, kHeader, kDotted, kTableArray };

  // An array or inline table whose end has not been read.
  struct Open {
    Ref container;
    Dict* table;  // where the value of an inline table's key goes
    Ref key;
  };

  bool Fail(const char* at, std::string_view reason) {
    const char* line = begin_;
    size_t number = 1;
    while (const void* newline = std::memchr(line, '\n', static_cast<size_t>(at - line))) {
      line = static_cast<const char*>(newline) + 1;
      ++number;
    }
    const char* line_end = std::find(line, end_, '\n');
    if (line_end != line && line_end[-1] == '\r') --line_end;
    const size_t before = CountCharacters({line, static_cast<size_t>(at - line)});
    *error_ = absl::StrCat("TOML parse error: TOML parse error at line ", number, ", column ",
                           before + 1, "\n");
    if (static_cast<size_t>(line_end - line) <= kMaxShownLine) {
      const std::string margin(absl::StrCat(number).size(), ' ');
      absl::StrAppend(error_, margin, " |\n", number, " | ",
                      std::string_view(line, line_end - line), "\n", margin, " | ",
                      std::string(before, ' '), "^\n");
    }
    absl::StrAppend(error_, reason, "\n");
    return false;
  }

  bool CheckMemory() {
    if (!Heap::Current()->over_limit()) return true;
    *error_ = "parse_toml() result exceeds maximum size";
    return false;
  }

  // Is the next byte `c`?
  bool At(char c) const { return at_ != end_ && *at_ == c; }
  bool At(std::string_view text) const {
    return std::string_view(at_, static_cast<size_t>(end_ - at_)).starts_with(text);
  }
  bool Skip(char c) {
    if (!At(c)) return false;
    ++at_;
    return true;
  }
  void SkipBlanks() {
    while (At(' ') || At('\t')) ++at_;
  }
  bool SkipNewline() {
    if (At("\r\n")) ++at_;
    return Skip('\n');
  }
  bool Comment() {
    if (!At('#')) return true;
    while (at_ != end_ && !IsControl(*at_)) ++at_;
    return at_ == end_ || At('\n') || At("\r\n") || Fail(at_, "control character in a comment");
  }
  // Blank lines and comments, up to something else. False at the end or after a failure.
  bool SkipLines() {
    do {
      SkipBlanks();
      if (!Comment()) return false;
    } while (SkipNewline());
    return at_ != end_;
  }
  bool LineEnd() {
    SkipBlanks();
    if (!Comment()) return false;
    return at_ == end_ || SkipNewline() || Fail(at_, "expected the end of the line");
  }

  // A key with its dots, into `key_`.
  bool Key() {
    key_.clear();
    do {
      SkipBlanks();
      std::string part;
      const char* const start = at_;
      if (Skip('"')) {
        if (!BasicLine(&part)) return false;
      } else if (Skip('\'')) {
        if (!LiteralLine(&part)) return false;
      } else {
        while (at_ != end_ && IsKeyByte(*at_)) ++at_;
        if (at_ == start) return Fail(at_, "expected a key");
        part.assign(start, at_);
      }
      key_.emplace_back(NewString(part));
      SkipBlanks();
    } while (Skip('.'));
    return true;
  }

  TableKind KindOf(Value value, bool* open) const {
    const auto found = value.IsDict() || value.IsArray() ? kinds_.find(value.object) : kinds_.end();
    *open = found != kinds_.end();
    return *open ? found->second : TableKind::kImplied;
  }
  Ref NewTable(TableKind kind) {
    Dict* table = NewDict();
    kinds_[&table->header] = kind;
    return Ref(table);
  }

  // The table that all parts of `key_` but the last one lead to from `table`; absent ones are made.
  // Null when one of them is no table that may be added to here.
  Dict* Descend(Dict* table, TableKind made) {
    for (size_t i = 0; i + 1 < key_.size(); ++i) {
      const Value next = DictGet(table, key_[i].get());
      if (next.Is(Kind::kUnset)) {
        Ref child = NewTable(made);
        Dict* const dict = child.As<Dict>();
        DictSet(table, key_[i].get(), child.Take());
        table = dict;
        continue;
      }
      bool open;
      const TableKind kind = KindOf(next, &open);
      const bool header = made == TableKind::kImplied;
      if (!open || (!header && (kind == TableKind::kHeader || kind == TableKind::kTableArray))) {
        return nullptr;
      }
      table = kind == TableKind::kTableArray ? LastTable(next) : next.As<Dict>();
    }
    return table;
  }
  static Dict* LastTable(Value tables) {
    const Array* array = tables.As<Array>();
    return ArrayGet(array, array->size - 1).As<Dict>();
  }

  bool Header() {
    const char* const start = at_;
    const bool array = At("[[");
    at_ += array ? 2 : 1;
    if (!Key()) return false;
    if (!At(array ? "]]" : "]")) return Fail(at_, array ? "expected `]]`" : "expected `]`");
    at_ += array ? 2 : 1;
    Dict* const parent = Descend(root_.As<Dict>(), TableKind::kImplied);
    if (parent == nullptr || !(array ? OpenTableArray(parent) : OpenTable(parent))) {
      return Fail(start, "duplicate key");
    }
    return true;
  }
  bool OpenTable(Dict* parent) {
    const Value present = DictGet(parent, key_.back().get());
    if (present.Is(Kind::kUnset)) {
      Ref table = NewTable(TableKind::kHeader);
      table_ = table.As<Dict>();
      DictSet(parent, key_.back().get(), table.Take());
      return true;
    }
    bool open;
    if (KindOf(present, &open) != TableKind::kImplied || !open) return false;
    kinds_[present.object] = TableKind::kHeader;
    table_ = present.As<Dict>();
    return true;
  }
  bool OpenTableArray(Dict* parent) {
    Value tables = DictGet(parent, key_.back().get());
    bool open;
    if (tables.Is(Kind::kUnset)) {
      tables = Value::Heap(NewArray());
      kinds_[tables.object] = TableKind::kTableArray;
      DictSet(parent, key_.back().get(), tables);
    } else if (KindOf(tables, &open) != TableKind::kTableArray) {
      return false;
    }
    Ref table = NewTable(TableKind::kHeader);
    table_ = table.As<Dict>();
    ArrayPush(tables.As<Array>(), table.Take());
    return true;
  }

  // Reads a key and `=`, then `*table` and `*key` say where the value belongs, which begins at
  // `at_`.
  bool Assignment(Dict* from, Dict** table, Ref* key) {
    const char* const start = at_;
    if (!Key()) return false;
    if (!Skip('=')) return Fail(at_, "expected `.` or `=`");
    *table = Descend(from, TableKind::kDotted);
    if (*table == nullptr || !DictGet(*table, key_.back().get()).Is(Kind::kUnset)) {
      return Fail(start, "duplicate key");
    }
    *key = key_.back();
    SkipBlanks();
    return true;
  }

  bool KeyValue() {
    Dict* table;
    Ref key, value;
    if (!Assignment(table_, &table, &key) || !AnyValue(&value)) return false;
    DictSet(table, key.get(), value.Take());
    return true;
  }

  bool AnyValue(Ref* value) {
    while (true) {
      // Here a value begins.
      if (Skip('[')) {
        open_.push_back({Ref(NewArray()), nullptr, Ref()});
        if (!SkipLines() && !InsideArray()) return false;
        if (!Skip(']')) continue;
        *value = Close();
      } else if (Skip('{')) {
        open_.push_back({Ref(NewDict()), nullptr, Ref()});
        SkipBlanks();
        if (!Skip('}')) {
          if (!InlineKey()) return false;
          continue;
        }
        *value = Close();
      } else if (!Scalar(value)) {
        return false;
      }
      // A value has ended; maybe arrays and tables end behind it.
      while (true) {
        if (open_.empty()) return true;
        bool closed;
        if (!(open_.back().table == nullptr ? Element(value, &closed) : Member(value, &closed))) {
          return false;
        }
        if (!CheckMemory()) return false;
        if (!closed) break;
        *value = Close();
      }
    }
  }
  Ref Close() {
    Ref container = std::move(open_.back().container);
    open_.pop_back();
    return container;
  }

  bool InsideArray() { return !error_->empty() ? false : Fail(at_, "expected `]`"); }
  // Stores an element and reads up to the next one or the end of the array.
  bool Element(Ref* value, bool* closed) {
    ArrayPush(open_.back().container.As<Array>(), value->Take());
    if (!SkipLines()) return InsideArray();
    const bool comma = Skip(',');
    if (comma && !SkipLines()) return InsideArray();
    *closed = Skip(']');
    return *closed || comma || Fail(at_, "expected `,` or `]`");
  }

  bool InlineKey() {
    Open& open = open_.back();
    return Assignment(open.container.As<Dict>(), &open.table, &open.key);
  }
  bool Member(Ref* value, bool* closed) {
    DictSet(open_.back().table, open_.back().key.get(), value->Take());
    SkipBlanks();
    *closed = Skip('}');
    if (*closed) return true;
    if (!Skip(',')) return Fail(at_, "expected `,` or `}`");
    SkipBlanks();
    return InlineKey();
  }

  bool Scalar(Ref* value) {
    if (At('"') || At('\'')) {
      std::string text;
      if (!String(&text)) return false;
      *value = Ref(NewString(text));
      return true;
    }
    const char* const start = at_;
    SkipWord();
    const auto word = [&] { return std::string_view(start, static_cast<size_t>(at_ - start)); };
    if (word().empty()) return Fail(at_, "expected a value");
    if (At(' ') && IsTomlDate(word()) && end_ - at_ > 2 && absl::ascii_isdigit(at_[1])) {
      ++at_;
      SkipWord();
    }
    std::string_view problem;
    const Value scalar = TomlScalar(word(), &problem);
    if (scalar.Is(Kind::kUnset)) return Fail(start, problem);
    *value = Ref(scalar);
    return true;
  }
  void SkipWord() {
    while (at_ != end_ && IsWordByte(*at_)) ++at_;
  }

  bool String(std::string* text) {
    const char quote = *at_;
    const bool multiline = At(quote == '"' ? R"(""")" : "'''");
    at_ += multiline ? 3 : 1;
    if (!multiline) return quote == '"' ? BasicLine(text) : LiteralLine(text);
    SkipNewline();
    return Multiline(quote, text);
  }

  // The following read what is behind the opening quotes, with the closing ones.

  bool LiteralLine(std::string* text) {
    const char* const start = at_;
    while (at_ != end_ && *at_ != '\'' && !IsControl(*at_)) ++at_;
    text->assign(start, at_);
    return Skip('\'') || Fail(at_, "expected `'` at the end of the string");
  }

  bool BasicLine(std::string* text) {
    while (true) {
      const char* const start = at_;
      while (at_ != end_ && *at_ != '"' && *at_ != '\\' && !IsControl(*at_)) ++at_;
      text->append(start, at_);
      if (Skip('"')) return true;
      if (!At('\\')) return Fail(at_, "expected `\"` at the end of the string");
      if (!Escape(text)) return false;
    }
  }

  bool Multiline(char quote, std::string* text) {
    while (true) {
      const char* const start = at_;
      while (at_ != end_ && *at_ != quote && *at_ != '\\' && !IsControl(*at_)) ++at_;
      text->append(start, at_);
      if (At(quote)) {
        // Up to two quotes before the closing three belong to the text.
        size_t quotes = 0;
        while (quotes < 5 && Skip(quote)) ++quotes;
        text->append(quotes < 3 ? quotes : quotes - 3, quote);
        if (quotes >= 3) return true;
      } else if (SkipNewline()) {
        text->push_back('\n');
      } else if (!At('\\')) {
        return Fail(at_, at_ == end_ ? "the string does not end" : "control character in a string");
      } else if (quote == '\'') {
        text->push_back(*at_++);
      } else if (!LineContinues() && !Escape(text)) {
        return false;
      }
    }
  }
  // A backslash at the end of a line joins it with what follows the whitespace behind it.
  bool LineContinues() {
    const char* const backslash = at_++;
    SkipBlanks();
    if (!SkipNewline()) {
      at_ = backslash;
      return false;
    }
    do SkipBlanks();
    while (SkipNewline());
    return true;
  }

  bool Escape(std::string* text) {
    const char* const start = at_++;
    constexpr std::string_view kLetters = "btnfr\"\\";
    constexpr std::string_view kMeanings = "\b\t\n\f\r\"\\";
    if (at_ == end_) return Fail(at_, "the string does not end");
    const char c = *at_++;
    const size_t letter = kLetters.find(c);
    if (letter != std::string_view::npos) {
      text->push_back(kMeanings[letter]);
      return true;
    }
    if (c != 'u' && c != 'U') return Fail(start, "invalid escape");
    uint32_t character = 0;
    for (int digits = c == 'u' ? 4 : 8; digits > 0; --digits, ++at_) {
      if (at_ == end_ || !absl::ascii_isxdigit(static_cast<unsigned char>(*at_))) {
        return Fail(start, "invalid escape");
      }
      const char lower = static_cast<char>(*at_ | 0x20);
      character =
          character << 4 | static_cast<uint32_t>(*at_ <= '9' ? *at_ - '0' : lower - 'a' + 10);
    }
    if (character > 0x10FFFF || (character >= 0xD800 && character < 0xE000)) {
      return Fail(start, "invalid escape");
    }
    AppendUtf8(character, text);
    return true;
  }

  const char* const begin_;
  const char* at_;
  const char* const end_;
  std::string* const error_;
  Ref root_;
  Dict* table_;  // of the last header
  absl::flat_hash_map<const Object*, TableKind> kinds_;
  std::vector<Ref> key_;
  std::vector<Open> open_;
};

}  // namespace

Value ParseToml(std::string_view text, std::string* error) {
  error->clear();
  return TomlParser(text, error).Run();
}

}  // namespace ruff
