#include "ruff/lang/compile/compile.h"

#include <string>
#include <utility>
#include <vector>

#include "ruff/base/check.h"
#include "ruff/lang/compile/function_compiler.h"
#include "ruff/lang/compile/module_context.h"
#include "ruff/lang/sema/resolve.h"

namespace ruff {
namespace {

// A Binding::Kind and what it is called in a module.
constexpr std::pair<Binding::Kind, Global::Binding> kKinds[] = {
    {Binding::Kind::kVariable, Global::Binding::kMutable},
    {Binding::Kind::kLet, Global::Binding::kLet},
    {Binding::Kind::kConst, Global::Binding::kConst},
    {Binding::Kind::kFunction, Global::Binding::kFunction},
    {Binding::Kind::kStruct, Global::Binding::kStruct},
};

Global::Binding GlobalKind(const Binding& binding) {
  if (binding.is_imported) return Global::Binding::kImported;
  for (const auto& [kind, global] : kKinds) {
    if (kind == binding.kind) return global;
  }
  return Global::Binding::kUnknown;
}

absl::flat_hash_map<std::string, Binding::Kind> KnownKinds(
    const absl::flat_hash_map<std::string, Global::Binding>& known) {
  absl::flat_hash_map<std::string, Binding::Kind> kinds;
  for (const auto& [name, global] : known) {
    if (global == Global::Binding::kUnknown) continue;
    Binding::Kind& found = kinds[name] = Binding::Kind::kVariable;
    for (const auto& [kind, other] : kKinds) {
      if (other == global) found = kind;
    }
  }
  return kinds;
}

void ListGlobals(const Resolution& names, Module* module) {
  module->globals.reserve(names.globals().size());
  for (size_t slot = 0; slot < names.globals().size(); ++slot) {
    const BindingId id = names.global_bindings()[slot];
    module->globals.push_back({names.globals()[slot], id == kNoBinding
                                                          ? Global::Binding::kUnknown
                                                          : GlobalKind(names.binding(id))});
  }
}

void ListExports(const Ast& ast, const Resolution& names, Module* module) {
  for (const ExportedName& exported : names.exports()) {
    const uint32_t slot = exported.is_enum ? 0 : names.binding(exported.binding).slot;
    module->exports.push_back({std::string(ast.name(exported.name)), slot, exported.is_enum});
  }
}

void ListTests(const Ast& ast, const Resolution& names, Module* module) {
  std::vector<NodeId> groups;
  for (const NodeId id : names.tests()) {
    const Node& n = ast.node(id);
    TestBlock block = {};
    switch (n.kind) {
      case NodeKind::kTestGroup:
        if (!groups.empty() && groups.back() == id) {
          groups.pop_back();
          block.type = TestBlock::Type::kGroupEnd;
        } else {
          groups.push_back(id);
          block.type = TestBlock::Type::kGroupBegin;
        }
        block.name = ast.string(n.a);
        module->tests.push_back(std::move(block));
        continue;
      case NodeKind::kTest:
        block.type = TestBlock::Type::kTest;
        block.name = ast.string(n.a);
        break;
      case NodeKind::kTestSetup:
        block.type = TestBlock::Type::kSetup;
        break;
      case NodeKind::kTestTeardown:
        block.type = TestBlock::Type::kTeardown;
        break;
      default:
        RUFF_UNREACHABLE();
    }
    block.function = Raw(names.unit_of(id));
    module->tests.push_back(std::move(block));
  }
}

}  // namespace

std::unique_ptr<Module> Compile(const SourceBuffer& source, const Ast& ast,
                                const CompileOptions& options, DiagnosticList* diagnostics) {
  absl::flat_hash_map<std::string, Binding::Kind> known;
  if (options.known != nullptr) known = KnownKinds(*options.known);
  const ResolveOptions resolve_options = {
      .tests = options.tests, .session = options.session, .known = &known};
  const std::optional<Resolution> names = Resolve(ast, resolve_options, diagnostics);
  if (!names.has_value()) return nullptr;

  auto module = std::make_unique<Module>();
  module->source_name = source.name();
  module->statement_count = static_cast<uint32_t>(ast.statements().size());
  module->functions.resize(names->units().size());
  ListGlobals(*names, module.get());
  ListExports(ast, *names, module.get());
  ListTests(ast, *names, module.get());

  ModuleContext context(ast, *names, options, module.get());
  std::vector<uint32_t> homes(names->binding_count(), 0xffffffff);
  for (uint32_t unit = 0; unit < names->units().size(); ++unit) {
    FunctionCompiler(&context, &homes, UnitId{unit}).Compile();
  }
  if (context.has_error) {
    diagnostics->Append(DiagnosticKind::kCompile, context.error_offset, context.error);
    return nullptr;
  }
  return module;
}

}  // namespace ruff
