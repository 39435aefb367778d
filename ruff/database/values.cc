#include "ruff/database/values.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ruff/base/broken_utf8.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

Value CellAsValue(const ResultSet& rows, const ResultSet::Cell& cell) {
  switch (cell.type) {
    case ResultSet::Cell::kBool:
      return Value::Bool(cell.integer != 0);
    case ResultSet::Cell::kInt:
      return Value::Int(cell.integer);
    case ResultSet::Cell::kFloat:
      return Value::Float(cell.number);
    case ResultSet::Cell::kText:
      if (const std::string_view text = rows.bytes(cell); IsValidUtf8(text)) return NewText(text);
      [[fallthrough]];
    case ResultSet::Cell::kBlob:
      return Value::Heap(NewBytes(rows.bytes(cell)));
    default:
      return Value::Null();
  }
}

bool ReadParameter(Value value, SqlParameter* parameter) {
  switch (value.kind()) {
    case Kind::kNull:
      return true;
    case Kind::kBool:
      *parameter = value.b;
      return true;
    case Kind::kInt:
      *parameter = value.i;
      return true;
    case Kind::kFloat:
      *parameter = value.d;
      return true;
    case Kind::kString:
      *parameter = std::string(TextOf(value));
      return true;
    case Kind::kBytes:
      *parameter = SqlBlob{std::string(value.As<Bytes>()->view())};
      return true;
    default:
      return false;
  }
}

}  // namespace

bool ReadParameters(NativeContext& context, std::string_view name, Value array,
                    SqlParameters* parameters) {
  if (array.IsNull() || array.Is(Kind::kUnset)) return true;
  if (!array.IsArray()) {
    context.Fail(absl::StrCat(name, " requires an array of parameters as third argument"));
    return false;
  }
  const auto* values = array.As<Array>();
  parameters->resize(values->size);
  for (uint64_t i = 0; i < values->size; ++i) {
    const Value value = ArrayGet(values, i);
    if (ReadParameter(value, &(*parameters)[i])) continue;
    context.Fail(
        absl::StrCat(name, " parameter ", i + 1, " has unsupported type '", TypeName(value), "'"));
    return false;
  }
  return true;
}

Value RowsAsValue(const ResultSet& rows) {
  const uint64_t row_bytes = sizeof(Value) + sizeof(Dict) + rows.columns.size() * sizeof(DictEntry);
  const uint64_t bytes = rows.rows() * row_bytes + rows.texts() * sizeof(String) + rows.all_bytes();
  if (rows.overflows() || !Heap::Current()->CanAllocate(bytes)) {
    return Value::Unset();
  }
  std::vector<Ref> names;
  for (const std::string& column : rows.columns) {
    names.emplace_back(Value::Heap(InternString(MendUtf8(column))));
  }
  Array* array = NewArray(rows.rows(), Array::kValues);
  for (size_t row = 0; row < rows.rows(); ++row) {
    Dict* dict = NewDict(static_cast<uint32_t>(names.size()));
    for (size_t column = 0; column < names.size(); ++column) {
      DictSet(dict, names[column].get(), CellAsValue(rows, rows.cell(row, column)));
    }
    ArrayPush(array, Value::Heap(dict));
  }
  return Value::Heap(array);
}

}  // namespace ruff
