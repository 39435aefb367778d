// The language's regular expressions on top of RE2: its patterns are translated, compiled once and
// kept for the next call.

#ifndef RUFF_RUNTIME_BUILTINS_REGEX_PATTERN_H_
#define RUFF_RUNTIME_BUILTINS_REGEX_PATTERN_H_

#include <memory>
#include <string>
#include <string_view>

#include "re2/re2.h"

namespace ruff {

// `pattern` in RE2's syntax: \d, \w, \s and their complements become Unicode classes. False for
// what RE2 knows but the language does not (\C, \Q…\E).
bool TranslatePattern(std::string_view pattern, std::string* out);

// The compiled pattern; null when it is invalid. Thread-safe.
std::shared_ptr<const RE2> CompilePattern(std::string_view pattern);

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_REGEX_PATTERN_H_
