#include "ruff/network/http_server/request_value.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "ruff/network/http/body_text.h"
#include "ruff/network/http_server/query.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {
namespace {

void Put(Dict* dict, std::string_view key, Value owned) {
  const Value name = Value::Heap(InternString(key));
  DictSet(dict, name, owned);
  Release(name);
}

// Of keys that vary.
void PutText(Dict* dict, std::string_view key, std::string_view text) {
  const Value name = NewText(key);
  DictSet(dict, name, NewText(text));
  Release(name);
}

// Under the name in lower case, and under the one that was sent.
Value HeaderDict(const std::vector<Header>& headers) {
  Dict* dict = NewDict(static_cast<uint32_t>(headers.size()));
  for (const Header& header : headers) {
    const Value value = BodyText(header.value);
    const std::string lower = absl::AsciiStrToLower(header.name);
    Put(dict, lower, Retain(value));
    if (lower != header.name) Put(dict, header.name, Retain(value));
    Release(value);
  }
  return Value::Heap(dict);
}

}  // namespace

Value NewRequestValue(const ServerRequest& request,
                      absl::Span<const Router::Parameter> parameters) {
  const std::string_view path = PathOf(request);
  std::string_view query = request.target;
  query.remove_prefix(path.size() < query.size() ? path.size() + 1 : path.size());
  Dict* raw = NewDict();
  Dict* decoded = NewDict();
  if (!query.empty()) {
    for (const auto& [name, value] : SplitQuery(query)) {
      PutText(raw, name, value);
      PutText(decoded, DecodeQueryPart(name), DecodeQueryPart(value));
    }
  }
  Dict* params = NewDict();
  for (const auto& [name, value] : parameters) PutText(params, name, value);
  Dict* dict = NewDict(9);
  Put(dict, "body", BodyText(request.body));
  Put(dict, "headers", HeaderDict(request.headers));
  Put(dict, "method", NewText(request.method));
  Put(dict, "params", Value::Heap(params));
  Put(dict, "path", NewText(path));
  Put(dict, "query", Value::Heap(raw));
  Put(dict, "query_decoded", Value::Heap(decoded));
  Put(dict, "query_string", NewText(query));
  Put(dict, "raw_path", NewText(request.target));
  return Value::Heap(dict);
}

}  // namespace ruff
