#include "ruff/runtime/value/index.h"

#include <cmath>
#include <cstring>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/handle.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {
namespace {

constexpr std::string_view kInvalidRead = "Invalid index operation";
constexpr std::string_view kInvalidWrite = "Invalid index assignment";
constexpr std::string_view kNoFieldsToWrite = "Cannot set field on non-struct value";

bool Fail(std::string_view message, std::string* error) {
  error->assign(message);
  return false;
}

bool FailBounds(Value index, std::string* error) {
  error->assign("Index out of bounds: ");
  FormatValue(index, Form::kText, error);
  return false;
}

bool FailMissingKey(Value key, std::string* error) {
  error->assign("Missing map key: ");
  const std::string_view quote = key.IsString() ? "\"" : "";
  error->append(quote);
  FormatValue(key, Form::kText, error);
  error->append(quote);
  return false;
}

bool FailNoField(Value container, const String* name, std::string* error) {
  if (container.Is(Kind::kStruct)) {
    error->assign("Field not found: ");
    error->append(name->view());
  } else if (container.Is(Kind::kHandle) && StateOf(container)->has_fields()) {
    *error = absl::StrCat(StateOf(container)->title(), " has no field '", name->view(), "'");
  } else {
    error->assign("Cannot access field or method '");
    error->append(name->view());
    error->append("' on non-struct value");
  }
  return false;
}

// The position in something of `size` elements, or the error. `invalid` is the message for an index
// of the wrong kind.
bool Resolve(Value index, uint64_t size, std::string_view invalid, uint64_t* position,
             std::string* error) {
  switch (ResolveIndex(index, size, position)) {
    case IndexOutcome::kOk:
      return true;
    case IndexOutcome::kOutOfBounds:
      return FailBounds(index, error);
    case IndexOutcome::kInvalid:
      break;
  }
  return Fail(invalid, error);
}

Value NameValue(const String* name) { return Value::Heap(const_cast<String*>(name)); }

}  // namespace

IndexOutcome ResolveIndex(Value index, uint64_t size, uint64_t* position) {
  int64_t i;
  if (index.IsInt()) {
    i = index.i;
  } else if (index.IsFloat() && std::isfinite(index.d)) {
    if (std::fabs(index.d) >= 0x1p63) return IndexOutcome::kOutOfBounds;
    i = static_cast<int64_t>(index.d);
  } else {
    return IndexOutcome::kInvalid;
  }
  const uint64_t at = static_cast<uint64_t>(i) + (i < 0 ? size : 0);
  if (at >= size) return IndexOutcome::kOutOfBounds;
  *position = at;
  return IndexOutcome::kOk;
}

bool ReadIndex(Value container, Value index, Value* out, std::string* error) {
  uint64_t at;
  switch (container.kind()) {
    case Kind::kArray: {
      const Array* a = container.As<Array>();
      if (!Resolve(index, a->size, kInvalidRead, &at, error)) return false;
      *out = Retain(ArrayGet(a, at));
      return true;
    }
    case Kind::kString: {
      auto* s = container.As<String>();
      if (!Resolve(index, s->code_points, kInvalidRead, &at, error)) return false;
      *out = Value::Heap(StringAt(s, static_cast<uint32_t>(at)));
      return true;
    }
    case Kind::kBytes: {
      const Bytes* bytes = container.As<Bytes>();
      if (!Resolve(index, bytes->size, kInvalidRead, &at, error)) return false;
      *out = Value::Int(bytes->data[at]);
      return true;
    }
    case Kind::kDict: {
      if (!IsDictKey(index)) return Fail(kInvalidRead, error);
      const Value value = DictGet(container.As<Dict>(), index);
      if (value.Is(Kind::kUnset)) return FailMissingKey(index, error);
      *out = Retain(value);
      return true;
    }
    default:
      return Fail(kInvalidRead, error);
  }
}

bool WriteIndex(Value container, Value index, Value owned, std::string* error) {
  uint64_t at;
  if (container.IsArray()) {
    if (Resolve(index, container.As<Array>()->size, kInvalidWrite, &at, error)) {
      ArraySet(container.As<Array>(), at, owned);
      return true;
    }
  } else if (container.IsDict() && IsDictKey(index)) {
    DictSet(container.As<Dict>(), index, owned);
    return true;
  } else {
    Fail(kInvalidWrite, error);
  }
  Release(owned);
  return false;
}

bool IndexPlace(Value container, Value index, Value* scratch, Value** place, std::string* error) {
  if (container.IsDict() && IsDictKey(index)) {
    *place = DictFind(container.As<Dict>(), index);
    return *place != nullptr || FailMissingKey(index, error);
  }
  if (container.IsArray() && container.As<Array>()->storage() == Array::kValues) {
    uint64_t at;
    if (!Resolve(index, container.As<Array>()->size, kInvalidRead, &at, error)) return false;
    *place = &container.As<Array>()->values[at];
    return true;
  }
  if (!ReadIndex(container, index, scratch, error)) return false;
  *place = scratch;
  return true;
}

bool ReadField(Value container, const String* name, Value* out, std::string* error) {
  if (container.Is(Kind::kStruct)) {
    const Value value = StructGet(container.As<Struct>(), name);
    if (value.Is(Kind::kUnset)) return FailNoField(container, name, error);
    *out = Retain(value);
    return true;
  }
  if (container.Is(Kind::kHandle)) {
    *out = StateOf(container)->Field(name->view());
    return !out->Is(Kind::kUnset) || FailNoField(container, name, error);
  }
  if (!container.IsDict()) return FailNoField(container, name, error);
  *out = ReadFieldOrNull(container, name);
  return true;
}

Value ReadFieldOrNull(Value container, const String* name) {
  Value value = Value::Unset();
  if (container.Is(Kind::kStruct)) {
    value = StructGet(container.As<Struct>(), name);
  } else if (container.IsDict()) {
    value = DictGet(container.As<Dict>(), NameValue(name));
  }
  return value.Is(Kind::kUnset) ? Value::Null() : Retain(value);
}

bool WriteField(Value* container, String* name, Value owned, std::string* error) {
  if (container->Is(Kind::kStruct)) {
    *container = Value::Heap(StructSet(container->As<Struct>(), name, owned));
    return true;
  }
  if (container->IsDict()) {
    DictSet(container->As<Dict>(), NameValue(name), owned);
    return true;
  }
  Release(owned);
  return Fail(kNoFieldsToWrite, error);
}

bool FieldPlace(Value container, const String* name, Value* scratch, Value** place,
                std::string* error) {
  if (container.Is(Kind::kStruct)) {
    auto* s = container.As<Struct>();
    const int32_t slot = s->shape->Find(name);
    if (slot < 0) return FailNoField(container, name, error);
    *place = &s->fields[slot];
    return true;
  }
  if (!container.IsDict()) return FailNoField(container, name, error);
  *place = DictFind(container.As<Dict>(), NameValue(name));
  if (*place == nullptr) {
    *scratch = Value::Null();
    *place = scratch;
  }
  return true;
}

Value UniqueValue(Value owned) {
  switch (owned.kind()) {
    case Kind::kArray:
      return Value::Heap(UniqueArray(owned.As<Array>()));
    case Kind::kDict:
      return Value::Heap(UniqueDict(owned.As<Dict>()));
    case Kind::kStruct:
      return Value::Heap(UniqueStruct(owned.As<Struct>()));
    case Kind::kSet:
      return Value::Heap(UniqueSet(owned.As<Set>()));
    case Kind::kQueue:
    case Kind::kStack:
      return Value::Heap(UniqueSequence(owned.As<Sequence>()));
    default:
      return owned;
  }
}

}  // namespace ruff
