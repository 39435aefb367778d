#include "ruff/network/http_server/query.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "ruff/base/utf8.h"

namespace ruff {

std::vector<std::pair<std::string_view, std::string_view>> SplitQuery(std::string_view query) {
  std::vector<std::pair<std::string_view, std::string_view>> parts;
  for (const std::string_view part : absl::StrSplit(query, '&')) {
    const size_t equals = part.find('=');
    const std::string_view name = part.substr(0, equals);
    if (name.empty()) continue;
    parts.emplace_back(name, equals == part.npos ? std::string_view() : part.substr(equals + 1));
  }
  return parts;
}

std::string DecodeQueryPart(std::string_view part) {
  std::string decoded;
  for (size_t i = 0; i < part.size(); ++i) {
    if (part[i] != '%') {
      decoded += part[i] == '+' ? ' ' : part[i];
      continue;
    }
    std::string byte;
    const std::string_view digits = part.substr(i + 1, 2);
    if (digits.size() < 2 || !absl::HexStringToBytes(digits, &byte)) return std::string(part);
    decoded += byte;
    i += 2;
  }
  return IsValidUtf8(decoded) ? decoded : std::string(part);
}

}  // namespace ruff
