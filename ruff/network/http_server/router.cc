#include "ruff/network/http_server/router.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace ruff {
namespace {

bool IsParameter(std::string_view segment) { return !segment.empty() && segment[0] == ':'; }

}  // namespace

// Its length keeps a method apart from the path.
std::string Router::Key(std::string_view method, std::string_view path) {
  return absl::StrCat(method.size(), " ", method, path);
}

void Router::Add(std::string_view method, std::string_view path) {
  const size_t route = routes_++;
  paths_.try_emplace(Key(method, path), route);
  if (path.find(':') == path.npos) return;
  patterns_.push_back({route, std::string(method), absl::StrSplit(path, '/')});
}

std::optional<Router::Match> Router::Find(std::string_view method, std::string_view path) const {
  const auto exact = paths_.find(Key(method, path));
  if (exact != paths_.end()) return Match{exact->second, {}};
  if (patterns_.empty()) return std::nullopt;
  const std::vector<std::string_view> segments = absl::StrSplit(path, '/');
  for (const Pattern& pattern : patterns_) {
    if (pattern.method != method || pattern.segments.size() != segments.size()) continue;
    Match match = {pattern.route, {}};
    size_t i = 0;
    for (; i < segments.size(); ++i) {
      const std::string_view wanted = pattern.segments[i];
      if (IsParameter(wanted)) {
        match.parameters.emplace_back(wanted.substr(1), segments[i]);
      } else if (wanted != segments[i]) {
        break;
      }
    }
    if (i == segments.size()) return match;
  }
  return std::nullopt;
}

}  // namespace ruff
