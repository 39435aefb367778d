#include "ruff/network/http_client/response_value.h"

#include <string>

#include "absl/strings/ascii.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/dict_member.h"

namespace ruff {

Value HeaderDict(const HeaderList& headers) {
  Dict* dict = NewDict();
  for (const auto& [name, value] : headers) {
    if (IsVisibleAscii(value)) PutMember(dict, name, NewText(value));
  }
  return Value::Heap(dict);
}

HeaderList HeadersOf(const Dict* dict) {
  HeaderList headers;
  const uint32_t* order = DictOrder(dict);
  for (uint32_t i = 0; i < dict->size; ++i) {
    const DictEntry& entry = dict->entries[order[i]];
    if (!entry.value.IsString()) continue;
    String* name = DictKeyText(entry.key);
    SetHeader(&headers, absl::AsciiStrToLower(name->view()), std::string(TextOf(entry.value)));
    ReleaseObject(name);
  }
  return headers;
}

}  // namespace ruff
