// Relative paths that come from outside (archive entries, requests) and must stay below a folder.

#ifndef RUFF_BASE_SAFE_PATH_H_
#define RUFF_BASE_SAFE_PATH_H_

#include <string>
#include <string_view>

namespace ruff {

// Reads `raw` (UTF-8; `\` means `/`) as a path below a folder; `*path` gets its components joined
// with `/`, without `.`. Otherwise the message, "Unsafe CONTEXT 'RAW': …"; empty when it is safe.
std::string CheckSafePath(std::string_view context, std::string_view raw, std::string* path);

}  // namespace ruff

#endif  // RUFF_BASE_SAFE_PATH_H_
