#include "ruff/base/json_writer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/base/json_text.h"

namespace ruff {

JsonWriter& JsonWriter::Key(std::string_view key) {
  BeforeValue();
  AppendJsonString(key, &out_);
  out_ += ": ";
  after_key_ = true;
  return *this;
}

void JsonWriter::String(std::string_view value) {
  BeforeValue();
  AppendJsonString(value, &out_);
}

void JsonWriter::Number(int64_t value) {
  BeforeValue();
  absl::StrAppend(&out_, value);
}

void JsonWriter::Bool(bool value) {
  BeforeValue();
  out_ += value ? "true" : "false";
}

void JsonWriter::Null() {
  BeforeValue();
  out_ += "null";
}

std::string JsonWriter::Finish() && {
  out_ += '\n';
  return std::move(out_);
}

void JsonWriter::Begin(char bracket) {
  BeforeValue();
  out_ += bracket;
  has_items_.push_back(false);
}

void JsonWriter::End(char bracket) {
  const bool has_items = has_items_.back();
  has_items_.pop_back();
  if (has_items) NewLine();
  out_ += bracket;
}

void JsonWriter::BeforeValue() {
  if (std::exchange(after_key_, false) || has_items_.empty()) return;
  if (has_items_.back()) out_ += ',';
  has_items_.back() = true;
  NewLine();
}

void JsonWriter::NewLine() {
  out_ += '\n';
  out_.append(2 * has_items_.size(), ' ');
}

}  // namespace ruff
