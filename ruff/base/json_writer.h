// JSON for people and programs: one element a line, two spaces a level, `"key": value`.

#ifndef RUFF_BASE_JSON_WRITER_H_
#define RUFF_BASE_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ruff {

// Writes one document. Within an object every value follows its Key.
//
//   JsonWriter json;
//   json.BeginObject();
//   json.Key("name").String("ruff");
//   json.EndObject();
//   std::move(json).Finish()   // {⏎  "name": "ruff"⏎}⏎
class JsonWriter {
 public:
  void BeginObject() { Begin('{'); }
  void EndObject() { End('}'); }
  void BeginArray() { Begin('['); }
  void EndArray() { End(']'); }
  JsonWriter& Key(std::string_view key);

  void String(std::string_view value);
  void Number(int64_t value);
  void Bool(bool value);
  void Null();

  // The document with a final line end.
  std::string Finish() &&;

 private:
  void Begin(char bracket);
  void End(char bracket);
  void BeforeValue();
  void NewLine();

  std::string out_;
  std::vector<bool> has_items_;  // for each open bracket
  bool after_key_ = false;
};

}  // namespace ruff

#endif  // RUFF_BASE_JSON_WRITER_H_
