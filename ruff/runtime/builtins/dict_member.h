// Members of dicts by names that are known here.

#ifndef RUFF_RUNTIME_BUILTINS_DICT_MEMBER_H_
#define RUFF_RUNTIME_BUILTINS_DICT_MEMBER_H_

#include <string_view>

#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// Sets `key` of a dict, which is unique.
inline void PutMember(Dict* dict, std::string_view key, Value owned) {
  const Value name = NewText(key);
  DictSet(dict, name, owned);
  Release(name);
}

// The value under `key`, borrowed; Unset when `dict` is none or has no such key.
inline Value Member(Value dict, std::string_view key) {
  if (!dict.IsDict()) return Value::Unset();
  const Value name = NewText(key);
  const Value value = DictGet(dict.As<Dict>(), name);
  Release(name);
  return value;
}

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_DICT_MEMBER_H_
