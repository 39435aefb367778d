// Arguments that are arrays of strings.

#ifndef RUFF_ASYNC_BUILTINS_STRING_LIST_H_
#define RUFF_ASYNC_BUILTINS_STRING_LIST_H_

#include <string>
#include <string_view>
#include <vector>

#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// Is it an array? If not, makes the call of builtin `name` fail: "NAME() ORDINAL argument must be
// an array of string WHAT".
bool CheckStringList(NativeContext& context, std::string_view name, Value list,
                     std::string_view ordinal, std::string_view what);
// Is element `i` a string? If not: "NAME() ELEMENT at index I must be a string".
bool CheckString(NativeContext& context, std::string_view name, Value list, uint64_t i,
                 std::string_view element);
// Are all elements?
bool CheckStrings(NativeContext& context, std::string_view name, Value list,
                  std::string_view element);
std::vector<std::string> CopyStrings(Value list);

}  // namespace ruff

#endif  // RUFF_ASYNC_BUILTINS_STRING_LIST_H_
