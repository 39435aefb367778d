#ifndef RUFF_LANG_COMPILE_COMPILE_H_
#define RUFF_LANG_COMPILE_COMPILE_H_

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/bytecode/module.h"
#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/source/source_buffer.h"

namespace ruff {

struct CompileOptions {
  bool tests = false;  // compile test blocks and list them in Module::tests
  // False: plain code, to compare with. Nothing is folded, fused, moved at its last use or changed
  // in place.
  bool optimize = true;
  // One input of a session: file-level names stay globals, and the file function returns the value
  // of the last statement if that is an expression.
  bool session = false;
  // The globals that earlier inputs of the session have bound (Module::globals); null for none.
  const absl::flat_hash_map<std::string, Global::Binding>* known = nullptr;
};

// Compiles the file `source`, whose tree is `ast`. The first error in source order is appended to
// `diagnostics`; then the result is null.
//
// Takes time linear in the size of the program. Native stack grows with the depth to which
// expressions and blocks are nested, which the parser bounds; not with the length of chains, lists
// or files.
std::unique_ptr<Module> Compile(const SourceBuffer& source, const Ast& ast,
                                const CompileOptions& options, DiagnosticList* diagnostics);

}  // namespace ruff

#endif  // RUFF_LANG_COMPILE_COMPILE_H_
