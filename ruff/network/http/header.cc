#include "ruff/network/http/header.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/ascii.h"

namespace ruff {

bool IsHttpToken(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return absl::ascii_isalnum(static_cast<uint8_t>(c)) || kMarks.find(c) != kMarks.npos;
  });
}

bool IsHeaderValue(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (static_cast<uint8_t>(c) >= ' ' && c != 0x7f) || c == '\t';
  });
}

bool IsVisibleAscii(std::string_view text) {
  return IsHeaderValue(text) && std::all_of(text.begin(), text.end(),
                                            [](char c) { return static_cast<uint8_t>(c) < 0x80; });
}

const std::string* FindHeader(const HeaderList& headers, std::string_view name) {
  for (const Header& header : headers) {
    if (header.name == name) return &header.value;
  }
  return nullptr;
}

void SetHeader(HeaderList* headers, std::string_view name, std::string value) {
  RemoveHeader(headers, name);
  headers->push_back({std::string(name), std::move(value)});
}

void RemoveHeader(HeaderList* headers, std::string_view name) {
  std::erase_if(*headers, [&](const Header& header) { return header.name == name; });
}

}  // namespace ruff
