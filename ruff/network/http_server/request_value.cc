#include "ruff/network/http_server/request_value.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "ruff/network/http/body_text.h"
#include "ruff/network/http_server/query.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/dict_member.h"

namespace ruff {
namespace {

// Under the name in lower case, and under the one that was sent.
Value HeaderDict(const std::vector<Header>& headers) {
  Dict* dict = NewDict(static_cast<uint32_t>(headers.size()));
  for (const Header& header : headers) {
    const Value value = BodyText(header.value);
    const std::string lower = absl::AsciiStrToLower(header.name);
    PutMember(dict, lower, Retain(value));
    if (lower != header.name) PutMember(dict, header.name, Retain(value));
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
      PutMember(raw, name, NewText(value));
      PutMember(decoded, DecodeQueryPart(name), NewText(DecodeQueryPart(value)));
    }
  }
  Dict* params = NewDict();
  for (const auto& [name, value] : parameters) PutMember(params, name, NewText(value));
  Dict* dict = NewDict(9);
  PutMember(dict, "body", BodyText(request.body));
  PutMember(dict, "headers", HeaderDict(request.headers));
  PutMember(dict, "method", NewText(request.method));
  PutMember(dict, "params", Value::Heap(params));
  PutMember(dict, "path", NewText(path));
  PutMember(dict, "query", Value::Heap(raw));
  PutMember(dict, "query_decoded", Value::Heap(decoded));
  PutMember(dict, "query_string", NewText(query));
  PutMember(dict, "raw_path", NewText(request.target));
  return Value::Heap(dict);
}

}  // namespace ruff
