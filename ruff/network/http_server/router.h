// Which route a request takes.

#ifndef RUFF_NETWORK_HTTP_SERVER_ROUTER_H_
#define RUFF_NETWORK_HTTP_SERVER_ROUTER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace ruff {

class Router {
 public:
  // A segment of a path under its name in the pattern.
  using Parameter = std::pair<std::string_view, std::string_view>;
  struct Match {
    size_t route;                       // in the order of Add, from 0
    std::vector<Parameter> parameters;  // in order; borrowed from the router and the path
  };

  // Methods and paths are compared as they are. A segment ":name" of the path matches any.
  void Add(std::string_view method, std::string_view path);
  // The first route with this very path; else the first whose pattern fits.
  std::optional<Match> Find(std::string_view method, std::string_view path) const;

 private:
  struct Pattern {
    size_t route;
    std::string method;
    std::vector<std::string> segments;
  };

  static std::string Key(std::string_view method, std::string_view path);

  size_t routes_ = 0;
  absl::flat_hash_map<std::string, size_t> paths_;
  std::vector<Pattern> patterns_;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_SERVER_ROUTER_H_
