// arg_parser(): reads the arguments of the program.
//
// A parser is a struct like any other; its definitions are dicts in the field _args, so that a
// program may print, copy and compare it. What a program has put there itself is taken for what it
// is: a definition without a text where one belongs has an empty one.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/strip.h"
#include "ruff/host/arguments/script_arguments.h"
#include "ruff/host/failure.h"
#include "ruff/host/families.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {
namespace {

Value Field(Value parser, std::string_view name) {
  const Ref key(InternString(name));
  return StructGet(parser.As<Struct>(), key.As<String>());
}

std::string_view TextField(Value parser, std::string_view name) {
  const Value value = Field(parser, name);
  return value.IsString() ? TextOf(value) : std::string_view();
}

Value Entry(const Dict* dict, std::string_view key) {
  const Ref name(InternString(key));
  return DictGet(dict, name.get());
}

void SetEntry(Dict* dict, std::string_view key, Value owned) {
  const Ref name(NewText(key));
  DictSet(dict, name.get(), owned);
}

std::optional<std::string_view> TextEntry(const Dict* dict, std::string_view key) {
  const Value value = Entry(dict, key);
  if (!value.IsString()) return std::nullopt;
  return TextOf(value);
}

struct Definition {
  std::string_view long_name;
  std::optional<std::string_view> short_name;
  std::string_view type;
  bool is_required;
  std::optional<std::string_view> default_text;
  std::string_view help;

  bool is_bool() const { return type == "bool"; }
  // What the result calls the argument.
  std::string_view key() const {
    std::string_view key = long_name;
    while (absl::ConsumePrefix(&key, "--")) {
    }
    return key;
  }
};

// Borrows from the parser.
std::vector<Definition> Definitions(Value parser) {
  std::vector<Definition> definitions;
  const Value list = Field(parser, "_args");
  if (!list.IsArray()) return definitions;
  const Array* array = list.As<Array>();
  for (uint64_t i = 0; i < array->size; ++i) {
    const Value element = ArrayGet(array, i);
    if (!element.IsDict()) continue;
    const Dict* dict = element.As<Dict>();
    const Value required = Entry(dict, "required");
    definitions.push_back({.long_name = TextEntry(dict, "long").value_or(""),
                           .short_name = TextEntry(dict, "short"),
                           .type = TextEntry(dict, "type").value_or("string"),
                           .is_required = required.Is(Kind::kBool) && required.b,
                           .default_text = TextEntry(dict, "default"),
                           .help = TextEntry(dict, "help").value_or("")});
  }
  return definitions;
}

Value NewParser(NativeContext&, Value*, uint32_t) {
  Ref name(InternString("ArgParser"));
  Shape* shape = RootShape(name.As<String>());
  for (const std::string_view field : {"_args", "_app_name", "_description"}) {
    const Ref key(InternString(field));
    shape = shape->With(key.As<String>());
  }
  Struct* parser = NewStruct(shape);
  parser->fields[0] = Value::Heap(NewArray());
  parser->fields[1] = NewText("");
  parser->fields[2] = NewText("");
  return Value::Heap(parser);
}

Value AddArgument(NativeContext&, Value* args, uint32_t count) {
  const Ref definition(NewDict(8));
  Dict* dict = definition.As<Dict>();
  SetEntry(dict, "long", args[1].IsString() ? Retain(args[1]) : NewText(""));
  SetEntry(dict, "type", NewText("string"));
  SetEntry(dict, "required", Value::Bool(false));
  SetEntry(dict, "help", NewText(""));
  uint32_t i = 2;
  if (count > i && args[i].IsString() && TextOf(args[i]).starts_with('-')) {
    SetEntry(dict, "short", Retain(args[i++]));
  }
  for (; i + 1 < count; i += 2) {
    if (!args[i].IsString()) continue;
    const std::string_view key = TextOf(args[i]);
    const Value value = args[i + 1];
    if (key == "required") {
      if (value.Is(Kind::kBool)) SetEntry(dict, key, value);
    } else if (key == "default") {
      std::string text;
      if (value.IsString()) {
        SetEntry(dict, key, Retain(value));
      } else if ((value.IsNumber() || value.Is(Kind::kBool)) && AppendText(value, &text)) {
        SetEntry(dict, key, NewText(text));
      }
    } else if (key == "short" || key == "type" || key == "help") {
      if (value.IsString()) SetEntry(dict, key, Retain(value));
    }
  }
  const Value old = Field(args[0], "_args");
  Array* list = old.IsArray() ? UniqueArray(RetainObject(old.As<Array>())) : NewArray();
  ArrayPush(list, Retain(definition.get()));
  const Ref key(InternString("_args"));
  return Value::Heap(
      StructSet(RetainObject(args[0].As<Struct>()), key.As<String>(), Value::Heap(list)));
}

// `text` as the value of the argument; Unset with *error set when it is none.
Value ValueOf(const Definition& definition, std::string_view text, std::string* error) {
  if (definition.type == "string") return NewText(text);
  if (definition.type == "int") {
    int64_t number;
    if (ParseInt(text, &number)) return Value::Int(number);
    *error =
        absl::StrCat("Argument ", definition.long_name, " requires an integer value, got: ", text);
  } else if (definition.type == "float") {
    double number;
    if (ParseFloat(text, &number)) return Value::Float(number);
    *error =
        absl::StrCat("Argument ", definition.long_name, " requires a float value, got: ", text);
  } else {
    *error = absl::StrCat("Unknown argument type: ", definition.type);
  }
  return Value::Unset();
}

Value DefaultOf(const Definition& definition) {
  if (!definition.default_text.has_value()) {
    return definition.is_bool() ? Value::Bool(false) : Value::Null();
  }
  const std::string_view text = *definition.default_text;
  if (definition.is_bool()) return Value::Bool(text == "true");
  if (definition.type == "int") {
    int64_t number;
    return Value::Int(ParseInt(text, &number) ? number : 0);
  }
  if (definition.type == "float") {
    double number;
    return Value::Float(ParseFloat(text, &number) ? number : 0);
  }
  return NewText(text);
}

const Definition* FindDefinition(const std::vector<Definition>& definitions,
                                 std::string_view argument) {
  for (const Definition& definition : definitions) {
    if (argument == definition.long_name || argument == definition.short_name) return &definition;
  }
  return nullptr;
}

Value Parse(NativeContext& context, Value* args, uint32_t) {
  const std::vector<Definition> definitions = Definitions(args[0]);
  const std::vector<std::string>& arguments = ScriptArguments();
  const Ref result(NewDict());
  const Ref positional(NewArray());
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (!argument.starts_with('-')) {
      ArrayPush(positional.As<Array>(), NewText(argument));
      continue;
    }
    const Definition* definition = FindDefinition(definitions, argument);
    if (definition == nullptr) return context.Fail(absl::StrCat("Unknown argument: ", argument));
    Value value = Value::Bool(true);
    if (!definition->is_bool()) {
      const bool takes_value =
          definition->type == "string" || definition->type == "int" || definition->type == "float";
      if (takes_value && ++i == arguments.size()) {
        return context.Fail(absl::StrCat("Argument ", definition->long_name, " requires a value"));
      }
      std::string error;
      value = ValueOf(*definition, takes_value ? arguments[i] : "", &error);
      if (value.Is(Kind::kUnset)) return context.Fail(error);
    }
    SetEntry(result.As<Dict>(), definition->key(), value);
  }
  for (const Definition& definition : definitions) {
    if (!Entry(result.As<Dict>(), definition.key()).Is(Kind::kUnset)) continue;
    if (definition.is_required) {
      return context.Fail(absl::StrCat("Required argument ", definition.long_name, " is missing"));
    }
    SetEntry(result.As<Dict>(), definition.key(), DefaultOf(definition));
  }
  if (positional.As<Array>()->size > 0) {
    SetEntry(result.As<Dict>(), "_positional", Retain(positional.get()));
  }
  return Retain(result.get());
}

Value Help(NativeContext&, Value* args, uint32_t) {
  std::string text = absl::StrCat(TextField(args[0], "_app_name"), "\n\n",
                                  TextField(args[0], "_description"), "\n\nOptions:\n");
  for (const Definition& definition : Definitions(args[0])) {
    if (definition.short_name.has_value()) {
      absl::StrAppend(&text, "  ", *definition.short_name, ", ", definition.long_name);
    } else {
      absl::StrAppend(&text, "      ", definition.long_name);
    }
    if (!definition.is_bool()) absl::StrAppend(&text, " <", definition.type, ">");
    if (definition.is_required) absl::StrAppend(&text, " (required)");
    if (definition.default_text.has_value()) {
      absl::StrAppend(&text, " [default: ", *definition.default_text, "]");
    }
    text += '\n';
    if (!definition.help.empty()) absl::StrAppend(&text, "        ", definition.help, "\n");
  }
  return NewText(text);
}

constexpr uint8_t kMethod = NativeFunction::kHidden;

constexpr NativeFunction kTable[] = {
    {.name = "arg_parser",
     .min_args = 0,
     .max_args = 0,
     .body = NewParser,
     .signature = "arg_parser() -> struct",
     .doc = "Reads the arguments of the program: add_argument(long, …), parse(), help().",
     .example = "p := arg_parser().add_argument(\"--count\", \"-c\", \"type\", \"int\", "
                "\"default\", \"3\")\nprint(p.parse()) => {\"count\": 3}",
     .errors = "Unknown argument: ARG\n"
               "Argument LONG requires a value\n"
               "Argument LONG requires an integer value, got: V\n"
               "Argument LONG requires a float value, got: V\n"
               "Unknown argument type: T\n"
               "Required argument LONG is missing",
     .arity_error = "arg_parser() expects 0 arguments, got {}"},
    {.name = "ArgParser.add_argument",
     .min_args = 2,
     .max_args = kVariadic,
     .body = AddArgument,
     .flags = kMethod,
     .arity_error = "add_argument requires at least a long argument name"},
    {.name = "ArgParser.parse",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Parse,
     .flags = kMethod},
    {.name = "ArgParser.help",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Help,
     .flags = kMethod},
};

}  // namespace

absl::Span<const NativeFunction> ArgParserBuiltins() { return kTable; }

}  // namespace ruff
