#include "ruff/base/safe_path.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace ruff {

std::string CheckSafePath(std::string_view context, std::string_view raw, std::string* path) {
  if (raw.empty()) return absl::StrCat("Unsafe ", context, ": empty path is not allowed");
  const auto unsafe = [&](std::string_view why) {
    return absl::StrCat("Unsafe ", context, " '", raw, "': ", why, " is not allowed");
  };
  if (raw.find('\0') != std::string_view::npos) return unsafe("null byte");
  const std::string slashed = absl::StrReplaceAll(raw, {{"\\", "/"}});
  if (slashed.starts_with('/')) return unsafe("absolute path");
  path->clear();
  for (const std::string_view component : absl::StrSplit(slashed, '/', absl::SkipEmpty())) {
    if (component == ".") continue;
    if (component == "..") return unsafe("parent directory traversal component");
    if (component.size() >= 2 && absl::ascii_isalpha(component[0]) && component[1] == ':') {
      return unsafe("drive-prefixed path");
    }
    absl::StrAppend(path, path->empty() ? "" : "/", component);
  }
  return path->empty() ? unsafe("empty normalized path") : std::string();
}

}  // namespace ruff
