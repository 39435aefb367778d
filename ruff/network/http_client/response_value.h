// Between messages of HTTP and values of the language. Values are handed over unless they are
// parameters.

#ifndef RUFF_NETWORK_HTTP_CLIENT_RESPONSE_VALUE_H_
#define RUFF_NETWORK_HTTP_CLIENT_RESPONSE_VALUE_H_

#include <string_view>

#include "ruff/network/http/header.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// Those whose values are visible ASCII, as a dict.
Value HeaderDict(const HeaderList& headers);
// The entries of a dict that are strings, as headers; of names that differ only in case the last in
// key order wins.
HeaderList HeadersOf(const Dict* dict);

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_CLIENT_RESPONSE_VALUE_H_
