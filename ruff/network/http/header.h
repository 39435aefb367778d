// Headers of HTTP messages.

#ifndef RUFF_NETWORK_HTTP_HEADER_H_
#define RUFF_NETWORK_HTTP_HEADER_H_

#include <string>
#include <string_view>
#include <vector>

namespace ruff {

struct Header {
  std::string name;  // in the case in which it stands in the message
  std::string value;
};
using HeaderList = std::vector<Header>;

// Is it a token, as the names of headers and methods are?
bool IsHttpToken(std::string_view text);
// May it be sent as the value of a header? Control characters may not, tabs may.
bool IsHeaderValue(std::string_view text);
// Is it visible ASCII (with blanks and tabs)?
bool IsVisibleAscii(std::string_view text);

// The value of the first header `name`; null when there is none.
const std::string* FindHeader(const HeaderList& headers, std::string_view name);
// Replaces the headers `name` by one.
void SetHeader(HeaderList* headers, std::string_view name, std::string value);
void RemoveHeader(HeaderList* headers, std::string_view name);

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_HEADER_H_
