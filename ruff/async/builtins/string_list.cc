#include "ruff/async/builtins/string_list.h"

#include "absl/strings/str_cat.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/string.h"

namespace ruff {

bool CheckStringList(NativeContext& context, std::string_view name, Value list,
                     std::string_view ordinal, std::string_view what) {
  if (list.IsArray()) return true;
  context.Fail(absl::StrCat(name, "() ", ordinal, " argument must be an array of string ", what));
  return false;
}

bool CheckString(NativeContext& context, std::string_view name, Value list, uint64_t i,
                 std::string_view element) {
  if (ArrayGet(list.As<Array>(), i).IsString()) return true;
  context.Fail(absl::StrCat(name, "() ", element, " at index ", i, " must be a string"));
  return false;
}

bool CheckStrings(NativeContext& context, std::string_view name, Value list,
                  std::string_view element) {
  for (uint64_t i = 0; i < list.As<Array>()->size; ++i) {
    if (!CheckString(context, name, list, i, element)) return false;
  }
  return true;
}

std::vector<std::string> CopyStrings(Value list) {
  const auto* array = list.As<Array>();
  std::vector<std::string> strings;
  strings.reserve(array->size);
  for (uint64_t i = 0; i < array->size; ++i) {
    strings.emplace_back(ArrayGet(array, i).As<String>()->view());
  }
  return strings;
}

}  // namespace ruff
