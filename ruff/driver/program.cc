#include "ruff/driver/program.h"

#include "ruff/database/database_builtins.h"
#include "ruff/host/host_builtins.h"
#include "ruff/network/network_builtins.h"

namespace ruff {
namespace {

// Builtins are complete before the first engine looks one up.
const VmOptions& WithBuiltins(const VmOptions& options) {
  RegisterAsyncBuiltins();
  RegisterHostBuiltins();
  RegisterNetworkBuiltins();
  RegisterDatabaseBuiltins();
  return options;
}

}  // namespace

Program::Program(const ProgramOptions& options, ErrorReporter& reporter)
    : engine_(WithBuiltins(options.vm), options.entry_path),
      async_(NewAsyncRuntime(engine_.vm(), reporter, options.async)) {
  engine_.vm().policy() = options.policy;
  FrontendOptions modules = options.frontend;
  modules.compile = CompileOptions();
  engine_.loader().set_frontend_options(modules);
}

}  // namespace ruff
