// CSV: records with a header, as arrays of dicts.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/bounded_text.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr std::string_view kParseType = "parse_csv requires a string argument";
constexpr std::string_view kWriteType = "to_csv requires an array argument";
constexpr std::string_view kNotDicts = "CSV requires array of dictionaries";

// Reads records one after the other; blank lines are none.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {}

  // False at the end of the text.
  bool Next() {
    while (at_ < text_.size() && IsLineEnd(text_[at_])) SkipLineEnd();
    if (at_ == text_.size()) return false;
    line_ = next_line_;
    byte_ = at_;
    ends_.clear();
    content_.clear();
    while (true) {
      Field();
      ends_.push_back(content_.size());
      if (at_ == text_.size()) return true;
      if (IsLineEnd(text_[at_])) {
        SkipLineEnd();
        return true;
      }
      ++at_;  // a comma
    }
  }

  size_t fields() const { return ends_.size(); }
  std::string_view field(size_t i) const {
    const size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(content_).substr(begin, ends_[i] - begin);
  }
  // Where the record begins: lines count from 1, bytes from 0.
  size_t line() const { return line_; }
  size_t byte() const { return byte_; }

 private:
  static bool IsLineEnd(char c) { return c == '\n' || c == '\r'; }

  void SkipLineEnd() {
    const bool pair = text_.substr(at_).starts_with("\r\n");
    at_ += pair ? 2 : 1;
    ++next_line_;
  }

  // Appends the field at `at_`, which moves to what ends it.
  void Field() {
    if (at_ < text_.size() && text_[at_] == '"') Quoted();
    size_t end = text_.find_first_of(",\r\n", at_);
    if (end == std::string_view::npos) end = text_.size();
    content_.append(text_.substr(at_, end - at_));
    at_ = end;
  }
  void Quoted() {
    ++at_;
    while (true) {
      const size_t quote = text_.find('"', at_);
      const std::string_view run = text_.substr(at_, quote - at_);
      content_.append(run);
      for (const char c : run) next_line_ += c == '\n';
      if (quote == std::string_view::npos) {
        at_ = text_.size();
        return;
      }
      at_ = quote + 1;
      if (at_ == text_.size() || text_[at_] != '"') return;
      content_.push_back('"');
      ++at_;
    }
  }

  const std::string_view text_;
  size_t at_ = 0;
  size_t next_line_ = 1;
  size_t line_ = 1;
  size_t byte_ = 0;
  std::string content_;       // all fields of the record
  std::vector<size_t> ends_;  // of the fields in `content_`
};

Value FieldValue(std::string_view field) {
  int64_t i;
  double d;
  if (ParseInt(field, &i)) return Value::Int(i);
  if (ParseFloat(field, &d)) return Value::Float(d);
  return NewText(field);
}

Value Parse(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kParseType));
  Ref rows(NewArray());
  CsvReader reader(TextOf(args[0]));
  if (!reader.Next()) return rows.Take();
  std::vector<Ref> header;
  for (size_t i = 0; i < reader.fields(); ++i) header.emplace_back(NewString(reader.field(i)));
  for (size_t record = 1; reader.Next(); ++record) {
    if (reader.fields() != header.size()) {
      return context.Fail(
          absl::StrCat("CSV parse error: CSV error: record ", record, " (line: ", reader.line(),
                       ", byte: ", reader.byte(), "): found record with ", reader.fields(),
                       " fields, but the previous record has ", header.size(), " fields"));
    }
    Ref row(NewDict());
    for (size_t i = 0; i < header.size(); ++i) {
      DictSet(row.As<Dict>(), header[i].get(), FieldValue(reader.field(i)));
    }
    ArrayPush(rows.As<Array>(), row.Take());
    if (Heap::Current()->over_limit()) return FailTooLarge(context, "parse_csv");
  }
  return rows.Take();
}

class CsvWriter {
 public:
  explicit CsvWriter(size_t columns) : columns_(columns) {}

  bool Field(std::string_view text) {
    if (in_record_ > 0 && !out_.Append(',')) return false;
    ++in_record_;
    if (in_record_ == columns_) in_record_ = 0;
    const bool last = in_record_ == 0;
    return Quote(text) && (!last || out_.Append('\n'));
  }
  bool Field(Value value) {
    scratch_.clear();
    switch (value.kind()) {
      case Kind::kString:
        return Field(TextOf(value));
      case Kind::kInt:
      case Kind::kFloat:
      case Kind::kBool:
        AppendText(value, &scratch_);
        return Field(std::string_view(scratch_));
      default:
        return Field(std::string_view());
    }
  }
  BoundedText& out() { return out_; }

 private:
  bool Quote(std::string_view text) {
    if (text.empty() && columns_ == 1) return out_.Append("\"\"");
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return out_.Append(text);
    if (!out_.Append('"')) return false;
    while (true) {
      const size_t quote = text.find('"');
      if (!out_.Append(text.substr(0, quote))) return false;
      if (quote == std::string_view::npos) return out_.Append('"');
      if (!out_.Append("\"\"")) return false;
      text.remove_prefix(quote + 1);
    }
  }

  const size_t columns_;
  size_t in_record_ = 0;  // fields
  BoundedText out_;
  std::string scratch_;
};

// The rows, all of them dicts, below a header.
bool WriteRows(const Array* rows, const std::vector<Ref>& header, CsvWriter* writer) {
  for (const Ref& name : header) {
    if (!writer->Field(name.get())) return false;
  }
  for (uint64_t i = 0; i < rows->size; ++i) {
    const Dict* row = ArrayGet(rows, i).As<Dict>();
    for (const Ref& name : header) {
      if (!writer->Field(DictGet(row, name.get()))) return false;
    }
  }
  return true;
}

Value Write(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail(std::string(kNotDicts));
  const Array* rows = args[0].As<Array>();
  if (rows->size == 0) return context.Fail("CSV requires non-empty array");
  for (uint64_t i = 0; i < rows->size; ++i) {
    if (!ArrayGet(rows, i).IsDict()) return context.Fail(std::string(kNotDicts));
  }
  const Dict* first = ArrayGet(rows, 0).As<Dict>();
  const uint32_t* order = DictOrder(first);
  std::vector<Ref> header;
  for (uint32_t i = 0; i < first->size; ++i) {
    header.emplace_back(DictKeyText(first->entries[order[i]].key));
  }
  CsvWriter writer(header.size());
  WriteRows(rows, header, &writer);
  const Value text = writer.out().Finish();
  return text.Is(Kind::kUnset) ? FailTooLarge(context, "to_csv") : text;
}

constexpr NativeFunction kTable[] = {
    {.name = "parse_csv",
     .min_args = 1,
     .max_args = 1,
     .body = Parse,
     .signature = "parse_csv(text: string) -> array",
     .doc = "The records as dicts with the names of the first one as keys; numbers become ints or "
            "floats.",
     .example = R"(print(parse_csv("a,b\n1,x\n")) => [{"a": 1, "b": x}])",
     .errors = "parse_csv requires a string argument\n"
               "CSV parse error: CSV error: record R (line: L, byte: B): found record with F "
               "fields, but the previous record has P fields\n"
               "parse_csv() result exceeds maximum size",
     .arity_error = kParseType},
    {.name = "to_csv",
     .min_args = 1,
     .max_args = 1,
     .body = Write,
     .signature = "to_csv(rows: array) -> string",
     .doc = "CSV with the keys of the first row as header; missing values are empty, further keys "
            "dropped.",
     .example = "print(trim(to_csv([{\"b\": 1, \"a\": \"x,y\"}]))) => a,b\n\"x,y\",1",
     .errors = "CSV requires non-empty array\nCSV requires array of dictionaries\n"
               "to_csv() result exceeds maximum size",
     .arity_error = kWriteType},
};

}  // namespace

absl::Span<const NativeFunction> CsvBuiltins() { return kTable; }

}  // namespace ruff
