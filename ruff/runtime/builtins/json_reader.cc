// The reader: simdjson finds the tokens, the values they say are built here, open containers on a
// stack of their own. What simdjson refuses, FindJsonDefect explains.
//
// simdjson wants bytes that it may read behind the text, so it gets a copy. The copy stands in
// brackets: its root is always an array, and a text that is one value is its only element.
//
// Keys repeat from object to object, so a small table keeps the strings of recent ones: an object
// of known keys makes no strings and hashes nothing anew.

#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/strip.h"
#include "fast_float/fast_float.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/json.h"
#include "ruff/runtime/builtins/json_defect.h"
#include "ruff/runtime/builtins/json_scan.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"
#include "simdjson.h"

namespace ruff {
namespace {

namespace ondemand = simdjson::ondemand;

// Bytes of text whose table of tokens a thread keeps for the next text: the system gives fresh
// memory as slowly as we read.
constexpr size_t kKeptCapacity = 2 << 20;

class JsonReader {
 public:
  JsonReader(std::string_view text, size_t max_depth, ondemand::parser* parser)
      : text_(text.size() + 2), max_depth_(max_depth), parser_(*parser) {
    char* const copy = text_.data();
    if (copy == nullptr) return;
    copy[0] = '[';
    std::memcpy(copy + 1, text.data(), text.size());
    copy[text.size() + 1] = ']';
  }

  // The value; Unset when there is none, or no memory for it.
  Value Run() {
    ondemand::document document;
    ondemand::value value;
    if (text_.data() == nullptr || parser_.iterate(text_).get(document) ||
        !OpenArray(document.get_array())) {
      return Value::Unset();
    }
    while (true) {
      while (AtContainerEnd()) {
        Ref closed = std::move(open_.back().container);
        open_.pop_back();
        if (open_.empty()) {
          const Array* const root = closed.As<Array>();
          const bool one =
              root->size == 1 && document.current_location().error() == simdjson::OUT_OF_BOUNDS;
          return one ? Retain(ArrayGet(root, 0)) : Value::Unset();
        }
        if (!Store(std::move(closed))) return Value::Unset();
      }
      if (!Next(&value) || !Read(value)) return Value::Unset();
    }
  }

 private:
  // An array or object whose end has not been read.
  struct Open {
    Ref container;
    Ref key;  // where the next value of an object belongs
    ondemand::array_iterator elements;
    ondemand::object_iterator fields;
  };

  bool InObject() const { return open_.back().container.get().IsDict(); }
  bool AtContainerEnd() const {
    const Open& open = open_.back();
    return InObject() ? open.fields == ondemand::object_iterator()
                      : open.elements == ondemand::array_iterator();
  }

  // The next element, or the value of the next field.
  bool Next(ondemand::value* value) {
    Open& open = open_.back();
    if (!InObject()) return !(*open.elements).get(*value);
    ondemand::field field;
    std::string_view key;
    if ((*open.fields).get(field) || !Text(field.key(), &key)) return false;
    open.key = KeyString(key);
    *value = field.value();
    return true;
  }

  // Puts a value that has ended where it belongs and goes on behind it.
  bool Store(Ref value) {
    Open& open = open_.back();
    if (InObject()) {
      DictSet(open.container.As<Dict>(), open.key.get(), value.Take());
      ++open.fields;
    } else {
      ArrayPush(open.container.As<Array>(), value.Take());
      ++open.elements;
    }
    return !heap_->over_limit();
  }

  bool Read(ondemand::value value) {
    ondemand::json_type type;
    if (value.type().get(type)) return false;
    switch (type) {
      case ondemand::json_type::array:
        return open_.size() <= max_depth_ && OpenArray(value.get_array());
      case ondemand::json_type::object:
        return open_.size() <= max_depth_ && OpenObject(value.get_object());
      case ondemand::json_type::string: {
        ondemand::raw_json_string raw;
        std::string_view text;
        return !value.get_raw_json_string().get(raw) && Text(raw, &text) &&
               Store(Ref(NewString(text)));
      }
      case ondemand::json_type::number:
        return Number(value);
      case ondemand::json_type::boolean: {
        bool truth;
        return !value.get_bool().get(truth) && Store(Ref(Value::Bool(truth)));
      }
      case ondemand::json_type::null: {
        bool null;
        return !value.is_null().get(null) && Store(Ref(Value::Null()));
      }
    }
    return false;
  }

  bool OpenArray(simdjson::simdjson_result<ondemand::array> array) {
    Open& open = open_.emplace_back();
    open.container = Ref(NewArray());
    return !array.begin().get(open.elements);
  }
  bool OpenObject(simdjson::simdjson_result<ondemand::object> object) {
    Open& open = open_.emplace_back();
    open.container = Ref(NewDict());
    return !object.begin().get(open.fields);
  }

  // simdjson takes -0 for an int, refuses integers of more than 64 bits, and of a double with more
  // than 19 digits it says only that it is one.
  bool Number(ondemand::value value) {
    const std::string_view token = value.raw_json_token();
    ondemand::number number;
    const bool refused = value.get_number().get(number) != simdjson::SUCCESS;
    if (refused && !FindJsonDefect(token, max_depth_).empty()) return false;
    double d;
    if (refused || (number.is_double() && token.size() > 19)) {
      fast_float::from_chars(token.data(), token.data() + token.size(), d);
    } else if (number.is_int64() && (number.get_int64() != 0 || token[0] != '-')) {
      return Store(Ref(Value::Int(number.get_int64())));
    } else {
      d = number.is_int64() ? -0.0 : number.as_double();
    }
    return Store(Ref(Value::Float(d)));
  }

  // The string that begins at `raw`, without escapes; valid until the next call.
  bool Text(ondemand::raw_json_string raw, std::string_view* text) {
    const char* const begin = raw.raw();
    const char* const end = SkipJsonPlain(begin, text_.data() + text_.size());
    if (*end == '"') {
      *text = {begin, static_cast<size_t>(end - begin)};
      return true;
    }
    if (unescaped_ == nullptr) {
      unescaped_.reset(new (std::nothrow) uint8_t[text_.size() + simdjson::SIMDJSON_PADDING]);
    }
    uint8_t* out = unescaped_.get();
    return out != nullptr && !parser_.unescape(raw, out).get(*text);
  }

  Ref KeyString(std::string_view text) {
    if (text.empty() || text.size() > kMaxKeptKey) return Ref(NewString(text));
    const auto byte = [&](size_t i) { return static_cast<size_t>(static_cast<uint8_t>(text[i])); };
    const size_t slot =
        (text.size() * 31 + byte(0) * 7 + byte(text.size() / 2) * 5 + byte(text.size() - 1)) %
        kKeptKeys;
    Ref& kept = keys_[slot];
    if (!kept.get().IsString() || kept.As<String>()->view() != text) kept = Ref(NewString(text));
    return kept;
  }

  static constexpr size_t kKeptKeys = 256;
  static constexpr size_t kMaxKeptKey = 64;  // bytes

  simdjson::padded_string text_;
  const size_t max_depth_;
  const Heap* const heap_ = Heap::Current();
  ondemand::parser& parser_;
  std::vector<Open> open_;
  std::unique_ptr<uint8_t[]> unescaped_;  // room for any string of the text
  Ref keys_[kKeptKeys];
};

}  // namespace

Value ParseJson(std::string_view text, std::string* error, size_t max_depth) {
  // The copy, room for any string of it, simdjson's own and its table: four bytes a token, of which
  // a byte of text can be one.
  const bool fits = Heap::Current()->CanAllocate(uint64_t{8} * text.size());
  thread_local ondemand::parser parser;
  const Value value = fits ? JsonReader(text, max_depth, &parser).Run() : Value::Unset();
  if (parser.capacity() > kKeptCapacity) parser = ondemand::parser();
  if (!value.Is(Kind::kUnset)) return value;
  *error = FindJsonDefect(text, max_depth);
  if (error->empty()) *error = "parse_json() result exceeds maximum size";
  return value;
}

std::string_view JsonReason(std::string_view message) {
  return absl::StripPrefix(message, kJsonDefectStart);
}

}  // namespace ruff
