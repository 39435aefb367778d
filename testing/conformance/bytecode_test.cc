// What the compiler makes of every program of the conformance areas passes the verifier, and random
// changes to it crash neither the verifier nor the disassembler.

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/bytecode/disassembler.h"
#include "ruff/lang/bytecode/operand.h"
#include "ruff/lang/bytecode/verifier.h"
#include "ruff/lang/compile/compile.h"
#include "ruff/lang/lex/lexer.h"
#include "ruff/lang/parse/parser.h"
#include "ruff/lang/source/source_buffer.h"

namespace ruff {
namespace {

namespace fs = std::filesystem;

// The .ruff files of all areas.
std::vector<std::string> Programs() {
  std::vector<std::string> paths;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator("testing/conformance")) {
    if (entry.path().extension() == ".ruff") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// Null when the program has an error.
std::unique_ptr<Module> CompileFile(const std::string& path, bool tests) {
  const absl::StatusOr<SourceBuffer> source = SourceBuffer::FromFile(path);
  if (!source.ok()) return nullptr;
  DiagnosticList diagnostics;
  const TokenBuffer tokens = Lex(*source, LexLimits(), &diagnostics);
  if (!diagnostics.empty()) return nullptr;
  const std::optional<Ast> ast = Parse(tokens, ParseLimits(), &diagnostics);
  if (!ast.has_value()) return nullptr;
  return Compile(*source, *ast, {.tests = tests}, &diagnostics);
}

TEST(ConformanceBytecode, CompilerOutputPassesTheVerifier) {
  int compiled = 0;
  for (const std::string& path : Programs()) {
    for (const bool tests : {false, true}) {
      const std::unique_ptr<Module> module = CompileFile(path, tests);
      if (module == nullptr) continue;
      ++compiled;
      const absl::Status status = VerifyModule(*module);
      EXPECT_TRUE(status.ok()) << path << ": " << status.message();
    }
  }
  EXPECT_GT(compiled, 300);
}

TEST(ConformanceBytecode, SurvivesMutations) {
  std::mt19937_64 random(4);
  for (const std::string& path : Programs()) {
    const std::unique_ptr<Module> module = CompileFile(path, false);
    if (module == nullptr || module->functions.size() > 200) continue;
    for (int round = 0; round < 20; ++round) {
      FunctionProto& function = module->functions[random() % module->functions.size()];
      Instruction& word = function.code[random() % function.code.size()];
      const Instruction original = word;
      word = random() % 2 == 0 ? word ^ uint64_t { 1 } << (random() % 64)
                               : (word & ~uint64_t{0xff}) | random() % kOpcodeCount;
      VerifyModule(*module).IgnoreError();
      if (round == 0) EXPECT_FALSE(Disassemble(*module).empty());
      word = original;
    }
  }
}

}  // namespace
}  // namespace ruff
