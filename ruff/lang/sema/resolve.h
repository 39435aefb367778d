#ifndef RUFF_LANG_SEMA_RESOLVE_H_
#define RUFF_LANG_SEMA_RESOLVE_H_

#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/sema/resolution.h"

namespace ruff {

struct ResolveOptions {
  bool tests = false;    // resolve test blocks too
  bool session = false;  // one input of a REPL: file-level names stay globals
  // What earlier inputs of the session have bound; null for none.
  const absl::flat_hash_map<std::string, Binding::Kind>* known = nullptr;
  uint32_t max_promoted = 200;  // file-level variables that may become locals of the file unit
};

// Resolves every name of `ast` and makes the compile-time checks of the language. The first error
// in source order is appended to `diagnostics`; then there is no resolution.
//
// Takes time linear in the tree (times the depth of blocks, for names that lie that far outside)
// and a constant amount of stack.
std::optional<Resolution> Resolve(const Ast& ast, const ResolveOptions& options,
                                  DiagnosticList* diagnostics);

}  // namespace ruff

#endif  // RUFF_LANG_SEMA_RESOLVE_H_
