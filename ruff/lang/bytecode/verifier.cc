#include "ruff/lang/bytecode/verifier.h"

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ruff/base/utf8.h"
#include "ruff/lang/bytecode/constant_verifier.h"
#include "ruff/lang/bytecode/function_verifier.h"

namespace ruff {
namespace {

absl::Status VerifyNames(const Module& module) {
  for (const Global& global : module.globals) {
    if (!IsValidUtf8(global.name) || global.binding > Global::Binding::kImported) {
      return absl::InvalidArgumentError("a global has a bad name or binding");
    }
  }
  for (const Export& exported : module.exports) {
    if (!IsValidUtf8(exported.name)) return absl::InvalidArgumentError("an export has a bad name");
    if (!exported.is_enum && exported.slot >= module.globals.size()) {
      return absl::InvalidArgumentError(
          absl::StrCat("export ", exported.name, " has no slot ", exported.slot));
    }
  }
  return absl::OkStatus();
}

// Runs without a closure and without arguments.
bool IsEntryPoint(const Module& module, uint32_t function) {
  return function < module.functions.size() && module.functions[function].captures.empty() &&
         module.functions[function].parameter_count == 0;
}

absl::Status VerifyEntryPoints(const Module& module) {
  if (!IsEntryPoint(module, 0)) {
    return absl::InvalidArgumentError("function 0 is missing or wants arguments or captures");
  }
  for (const TestBlock& test : module.tests) {
    if (!IsValidUtf8(test.name)) return absl::InvalidArgumentError("a test has a bad name");
    switch (test.type) {
      case TestBlock::Type::kGroupBegin:
      case TestBlock::Type::kGroupEnd:
        continue;
      case TestBlock::Type::kTest:
      case TestBlock::Type::kSetup:
      case TestBlock::Type::kTeardown:
        if (IsEntryPoint(module, test.function)) continue;
        return absl::InvalidArgumentError(
            absl::StrCat("test ", test.name, ": function ", test.function,
                         " is missing or wants arguments or captures"));
    }
    return absl::InvalidArgumentError(absl::StrCat("test ", test.name, " has no type"));
  }
  return absl::OkStatus();
}

// `status` with the function it is about in front.
absl::Status InFunction(size_t index, const FunctionProto& function, const absl::Status& status) {
  return absl::Status(status.code(),
                      absl::StrCat("function ", index, " ", function.name, ": ", status.message()));
}

}  // namespace

absl::Status VerifyModule(const Module& module) {
  if (absl::Status status = VerifyNames(module); !status.ok()) return status;
  if (absl::Status status = VerifyEntryPoints(module); !status.ok()) return status;
  ConstantVerifier constants(module);
  if (absl::Status status = constants.VerifyPools(); !status.ok()) return status;
  std::vector<CaptureNeeds> needs(module.functions.size());
  for (size_t i = 0; i < needs.size(); ++i) {
    const FunctionProto& function = module.functions[i];
    if (absl::Status status = FindCaptureNeeds(function, &needs[i]); !status.ok()) {
      return InFunction(i, function, status);
    }
  }
  for (size_t i = 0; i < needs.size(); ++i) {
    const FunctionProto& function = module.functions[i];
    if (absl::Status status = VerifyFunction(module, function, constants, needs); !status.ok()) {
      return InFunction(i, function, status);
    }
  }
  return absl::OkStatus();
}

}  // namespace ruff
