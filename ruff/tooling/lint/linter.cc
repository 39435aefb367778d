#include "ruff/tooling/lint/linter.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "absl/types/span.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/lex/lexer.h"
#include "ruff/lang/lex/token_buffer.h"
#include "ruff/lang/parse/parser.h"

// The nodes of a tree lie in one vector, children before parents, so every rule is a loop over that
// vector, or over what a first loop has noted: no walk, no recursion.

namespace ruff {
namespace {

constexpr LintRuleTraits kTraits[] = {
#define RUFF_LINT_RULE(Name, id, severity, message) {id, LintSeverity::k##severity, message},
#include "ruff/tooling/lint/lint_rule.def"
};

constexpr std::string_view kFallible[] = {"read_file", "http_get", "parse_json"};
constexpr std::string_view kUnusedPrefix = "_";

class Linter {
 public:
  Linter(const SourceBuffer& source, const TokenBuffer& tokens, const Ast& ast)
      : source_(source), tokens_(tokens), ast_(ast) {}

  std::vector<LintIssue> Run() && {
    CountNames();
    NoteContexts();
    Block(ast_.statements());
    for (uint32_t id = 0; id < ast_.node_count(); ++id) {
      const Node& node = ast_.node(NodeId{id});
      switch (node.kind) {
        case NodeKind::kLet:
          Let(id, node);
          break;
        case NodeKind::kConst:
          if (!exported_.contains(id)) {
            Unused(ast_.name(NameId{node.a}), ast_.extra(node.b, 2), /*can_be_fixed=*/false);
          }
          break;
        case NodeKind::kBlock:
          Block(ast_.list(node.a));
          break;
        case NodeKind::kCall:
          Call(id, node);
          break;
        default:
          break;
      }
    }
    return std::move(issues_);
  }

 private:
  void Add(LintRule rule, LineColumn at, std::string_view argument = "",
           std::optional<LintFix> fix = std::nullopt) {
    issues_.push_back({rule, at, absl::Substitute(TraitsOf(rule).message, argument), fix});
  }
  // A finding about a line as a whole.
  void AddToLine(LintRule rule, uint32_t offset, std::string_view argument = "") {
    Add(rule, {source_.Locate(offset).line, 1}, argument);
  }

  void CountNames() {
    for (uint32_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == TokenKind::kIdentifier) ++uses_[tokens_.Spelling(i)];
    }
  }

  void NoteContexts() {
    for (uint32_t id = 0; id < ast_.node_count(); ++id) {
      const Node& node = ast_.node(NodeId{id});
      if (node.kind == NodeKind::kExport) exported_.insert(node.a);
      if (node.kind == NodeKind::kTry) tried_.insert(node.a);
      if (node.kind == NodeKind::kTryExcept) {
        const Node& block = ast_.node(NodeId{node.a});
        try_blocks_.emplace_back(block.begin, block.end);
      }
    }
    // Blocks nest or follow each other: those within others say nothing new.
    std::sort(try_blocks_.begin(), try_blocks_.end());
    uint32_t end = 0;
    std::erase_if(try_blocks_, [&](const auto& block) {
      if (block.second <= end) return true;
      end = block.second;
      return false;
    });
  }

  bool IsInTryBlock(uint32_t offset) const {
    const auto after =
        std::upper_bound(try_blocks_.begin(), try_blocks_.end(), std::pair(offset, UINT32_MAX));
    return after != try_blocks_.begin() && offset < std::prev(after)->second;
  }

  void Let(uint32_t id, const Node& let) {
    const Node& pattern = ast_.node(NodeId{let.a});
    if (pattern.kind != NodeKind::kPatternName) return;
    // Others may use what is exported.
    if (!exported_.contains(id)) {
      Unused(ast_.name(NameId{pattern.a}), pattern.begin, /*can_be_fixed=*/true);
    }
    const uint32_t type = ast_.extra(let.b, 1);
    if ((let.flags & kMutable) != 0 || type == Raw(kNoNode)) return;
    TypeMismatch(let.begin, ast_.node(NodeId{type}), ast_.node(NodeId{ast_.extra(let.b, 0)}));
  }

  void Unused(std::string_view name, uint32_t offset, bool can_be_fixed) {
    if (name.starts_with(kUnusedPrefix) || uses_[name] != 1) return;
    const std::string fixed = absl::StrCat(kUnusedPrefix, name);
    std::optional<LintFix> fix;
    if (can_be_fixed && !uses_.contains(fixed)) {
      fix = {"Prefix unused variable with '_' to mark as intentional", offset, kUnusedPrefix};
    }
    Add(LintRule::kUnusedVariable, source_.Locate(offset), name, fix);
  }

  void TypeMismatch(uint32_t offset, const Node& type, const Node& value) {
    if (type.kind != NodeKind::kTypeName) return;
    const std::string_view name = ast_.name(NameId{type.a});
    const bool is_string = value.kind == NodeKind::kString;
    const bool is_number = value.kind == NodeKind::kInt || value.kind == NodeKind::kFloat;
    if (is_string && (name == "int" || name == "float")) {
      AddToLine(LintRule::kObviousTypeMismatch, offset,
                absl::StrCat(name, " annotation assigned a string literal"));
    } else if (is_number && name == "bool") {
      AddToLine(LintRule::kObviousTypeMismatch, offset, "bool annotation assigned numeric literal");
    }
  }

  void Block(absl::Span<const uint32_t> statements) {
    bool is_reachable = true;
    for (uint32_t id : statements) {
      const Node& node = ast_.node(NodeId{id});
      // Declarations hold for the whole block, wherever they stand.
      const bool is_declaration = node.kind == NodeKind::kFuncDecl ||
                                  node.kind == NodeKind::kStructDecl ||
                                  node.kind == NodeKind::kEnumDecl;
      if (!is_reachable && !is_declaration) AddToLine(LintRule::kUnreachableCode, node.begin);
      if (node.kind == NodeKind::kReturn || node.kind == NodeKind::kBreak ||
          node.kind == NodeKind::kContinue) {
        is_reachable = false;
      }
    }
  }

  void Call(uint32_t id, const Node& call) {
    const Node& callee = ast_.node(NodeId{call.a});
    if (callee.kind != NodeKind::kIdentifier) return;
    const std::string_view name = ast_.name(NameId{callee.a});
    if (std::find(std::begin(kFallible), std::end(kFallible), name) == std::end(kFallible)) return;
    if (tried_.contains(id) || IsInTryBlock(call.begin)) return;
    AddToLine(LintRule::kMissingErrorHandling, call.begin);
  }

  const SourceBuffer& source_;
  const TokenBuffer& tokens_;
  const Ast& ast_;

  absl::flat_hash_map<std::string_view, uint32_t> uses_;   // by name, declarations included
  absl::flat_hash_set<uint32_t> exported_;                 // statements
  absl::flat_hash_set<uint32_t> tried_;                    // operands of `?`
  std::vector<std::pair<uint32_t, uint32_t>> try_blocks_;  // outermost ones, ordered
  std::vector<LintIssue> issues_;
};

std::vector<LintIssue> Findings(LintRule rule, const SourceBuffer& source,
                                const DiagnosticList& diagnostics) {
  std::vector<LintIssue> issues;
  for (const Diagnostic& diagnostic : diagnostics) {
    issues.push_back({rule, source.Locate(diagnostic.offset), diagnostic.message, std::nullopt});
  }
  return issues;
}

std::vector<LintIssue> UnsortedIssues(const SourceBuffer& source) {
  DiagnosticList diagnostics;
  const TokenBuffer tokens = Lex(source, LexLimits(), &diagnostics);
  if (!diagnostics.empty()) return Findings(LintRule::kLexerError, source, diagnostics);
  const std::optional<Ast> ast = Parse(tokens, ParseLimits(), &diagnostics);
  if (!ast.has_value()) return Findings(LintRule::kParserError, source, diagnostics);
  return Linter(source, tokens, *ast).Run();
}

auto Place(const LintIssue& issue) {
  return std::tuple(issue.at.line, issue.at.column, TraitsOf(issue.rule).id, issue.message);
}

}  // namespace

const LintRuleTraits& TraitsOf(LintRule rule) { return kTraits[static_cast<size_t>(rule)]; }

std::string_view Name(LintSeverity severity) {
  return severity == LintSeverity::kError ? "error" : "warning";
}

std::vector<LintIssue> Lint(const SourceBuffer& source) {
  std::vector<LintIssue> issues = UnsortedIssues(source);
  std::sort(issues.begin(), issues.end(),
            [](const LintIssue& a, const LintIssue& b) { return Place(a) < Place(b); });
  // What is said of a line is said once.
  issues.erase(
      std::unique(issues.begin(), issues.end(),
                  [](const LintIssue& a, const LintIssue& b) { return Place(a) == Place(b); }),
      issues.end());
  return issues;
}

std::string ApplyFixes(const SourceBuffer& source, const std::vector<LintIssue>& issues) {
  std::string fixed;
  uint32_t at = 0;
  for (const LintIssue& issue : issues) {
    if (!issue.fix.has_value()) continue;
    fixed += source.text().substr(at, issue.fix->offset - at);
    fixed += issue.fix->insertion;
    at = issue.fix->offset;
  }
  fixed += source.text().substr(at);
  return fixed;
}

std::string ReplacementLine(const SourceBuffer& source, const LintIssue& issue) {
  const std::string_view line = source.Line(issue.at.line);
  const auto at = static_cast<size_t>(source.text().data() + issue.fix->offset - line.data());
  return absl::StrCat(line.substr(0, at), issue.fix->insertion, line.substr(at));
}

}  // namespace ruff
