// What the compilers of all functions of a module share.

#ifndef RUFF_LANG_COMPILE_MODULE_CONTEXT_H_
#define RUFF_LANG_COMPILE_MODULE_CONTEXT_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "ruff/lang/ast/ast.h"
#include "ruff/lang/bytecode/module.h"
#include "ruff/lang/compile/compile.h"
#include "ruff/lang/compile/constant_pool.h"
#include "ruff/lang/compile/folding.h"
#include "ruff/lang/sema/resolution.h"

namespace ruff {

struct ModuleContext {
  ModuleContext(const Ast& ast, const Resolution& names, const CompileOptions& options,
                Module* module)
      : ast(ast),
        names(names),
        options(options),
        module(module),
        strings(module),
        folding(ast, options.optimize, module, &strings),
        name_constants(ast.name_count()) {}

  // The string constant of a name.
  Constant Name(NameId id) {
    Constant& constant = name_constants[Raw(id)];
    if (constant.kind == Constant::Kind::kNull) constant = strings.Add(ast.name(id));
    return constant;
  }

  // Keeps the first error in source order. Limits of the bytecode end here; what the language
  // forbids has been found by Resolve.
  void Fail(uint32_t offset, std::string_view message) {
    if (has_error && error_offset <= offset) return;
    has_error = true;
    error_offset = offset;
    error = message;
  }

  const Ast& ast;
  const Resolution& names;
  const CompileOptions& options;
  Module* module;
  ModuleStrings strings;
  Folding folding;
  std::vector<Constant> name_constants;

  bool has_error = false;
  uint32_t error_offset = 0;
  std::string_view error;
};

}  // namespace ruff

#endif  // RUFF_LANG_COMPILE_MODULE_CONTEXT_H_
