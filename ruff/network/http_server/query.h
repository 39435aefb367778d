// The query of a request: "a=1&b=two%20words".

#ifndef RUFF_NETWORK_HTTP_SERVER_QUERY_H_
#define RUFF_NETWORK_HTTP_SERVER_QUERY_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ruff {

// Names and values as they stand there, in order; without what has no name.
std::vector<std::pair<std::string_view, std::string_view>> SplitQuery(std::string_view query);
// With "%41" and "+" as what they stand for; as it is when that would be no UTF-8 or an escape is
// broken.
std::string DecodeQueryPart(std::string_view part);

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_SERVER_QUERY_H_
