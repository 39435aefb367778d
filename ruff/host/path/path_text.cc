#include "ruff/host/path/path_text.h"

namespace ruff {
namespace {

// `path` without slashes and `.` components at its end; the root and a leading `.` stay.
std::string_view WithoutEnd(std::string_view path) {
  while (path.size() > 1) {
    if (!path.ends_with('/') && !path.ends_with("/.")) break;
    path.remove_suffix(1);
  }
  return path;
}

std::string_view LastComponent(std::string_view trimmed) {
  const size_t slash = trimmed.rfind('/');
  return slash == std::string_view::npos ? trimmed : trimmed.substr(slash + 1);
}

}  // namespace

std::string_view PathParent(std::string_view path) {
  const std::string_view trimmed = WithoutEnd(path);
  if (trimmed.empty() || trimmed == "/") return "/";
  return WithoutEnd(trimmed.substr(0, trimmed.size() - LastComponent(trimmed).size()));
}

std::string_view PathName(std::string_view path) {
  const std::string_view name = LastComponent(WithoutEnd(path));
  return name == ".." || name == "." ? std::string_view() : name;
}

std::string_view PathExtension(std::string_view path) {
  const std::string_view name = PathName(path);
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot + 1);
}

void AppendPath(std::string_view part, std::string* path) {
  if (part.starts_with('/')) {
    path->clear();
  } else if (!path->empty() && !path->ends_with('/')) {
    path->push_back('/');
  }
  path->append(part);
}

}  // namespace ruff
