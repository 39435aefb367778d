// The linter: findings about programs that are most likely mistakes. It looks at the syntax tree of
// one file and knows nothing of the files it imports.

#ifndef RUFF_TOOLING_LINT_LINTER_H_
#define RUFF_TOOLING_LINT_LINTER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ruff/lang/source/source_buffer.h"

namespace ruff {

enum class LintSeverity : uint8_t { kWarning, kError };

enum class LintRule : uint8_t {
#define RUFF_LINT_RULE(Name, id, severity, message) k##Name,
#include "ruff/tooling/lint/lint_rule.def"
};

struct LintRuleTraits {
  std::string_view id;
  LintSeverity severity;
  std::string_view message;
};
const LintRuleTraits& TraitsOf(LintRule rule);

// "warning" or "error".
std::string_view Name(LintSeverity severity);

// A change that keeps what the program does: `insertion` at `offset`.
struct LintFix {
  std::string_view description;
  uint32_t offset;
  std::string_view insertion;
};

struct LintIssue {
  LintRule rule;
  LineColumn at;
  std::string message;
  std::optional<LintFix> fix;
};

// The findings in order of line, column and rule id. A source that is no program has those of the
// lexer or the parser.
std::vector<LintIssue> Lint(const SourceBuffer& source);

// The text of the source with all fixes applied.
std::string ApplyFixes(const SourceBuffer& source, const std::vector<LintIssue>& issues);

// The line of `issue`, which must have a fix, once that is applied.
std::string ReplacementLine(const SourceBuffer& source, const LintIssue& issue);

}  // namespace ruff

#endif  // RUFF_TOOLING_LINT_LINTER_H_
