// ruff disasm: shows the bytecode of a program.

#include <string>

#include "absl/strings/str_cat.h"
#include "ruff/driver/arguments.h"
#include "ruff/driver/command.h"
#include "ruff/driver/exit_code.h"
#include "ruff/driver/source_file.h"
#include "ruff/lang/bytecode/disassembler.h"
#include "ruff/lang/bytecode/verifier.h"
#include "ruff/runtime/builtins/output.h"

namespace ruff {
namespace {

constexpr Positional kPositionals[] = {{"FILE", "The program; `-` is standard input"}};
constexpr std::string_view kExamples =
    "  ruff disasm hello.ruff                   functions, constants, instructions\n"
    "  echo 'print(1 + x)' | ruff disasm -      the code of one line\n";

int Run(const Arguments& arguments) {
  int exit_code = kExitSuccess;
  const SourceFile file = LoadFile(arguments.positionals()[0], FrontendOptions(), &exit_code);
  if (file.module == nullptr) return exit_code;
  StandardOutput()->Write(Disassemble(*file.module, [&](uint32_t offset) {
    const LineColumn at = file.source->Locate(offset);
    return absl::StrCat(at.line, ":", at.column);
  }));
  const absl::Status verdict = VerifyModule(*file.module);
  if (verdict.ok()) return kExitSuccess;
  StandardOutput()->WriteError(
      absl::StrCat("[RUFVM001] [vm] error: Invalid bytecode: ", verdict.message(), "\n"));
  return kExitInternal;
}

}  // namespace

constexpr Command kDisasmCommand = {.name = "disasm",
                                    .summary = "Show the bytecode of a program",
                                    .positionals = kPositionals,
                                    .groups = {},
                                    .exclusive = {},
                                    .examples = kExamples,
                                    .run = Run};

}  // namespace ruff
