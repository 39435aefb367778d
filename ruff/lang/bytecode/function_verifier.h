// The verifier's part about one function.

#ifndef RUFF_LANG_BYTECODE_FUNCTION_VERIFIER_H_
#define RUFF_LANG_BYTECODE_FUNCTION_VERIFIER_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "ruff/lang/bytecode/constant_verifier.h"
#include "ruff/lang/bytecode/module.h"

namespace ruff {

// What a function takes from the frame that makes a closure of it: registers and captured variables
// below these.
struct CaptureNeeds {
  uint64_t registers = 0;
  uint64_t captured = 0;
};

// InvalidArgument when a capture has no kind.
absl::Status FindCaptureNeeds(const FunctionProto& function, CaptureNeeds* needs);

// `needs` has an entry for every function of `module`; the pools are verified.
absl::Status VerifyFunction(const Module& module, const FunctionProto& function,
                            const ConstantVerifier& constants,
                            const std::vector<CaptureNeeds>& needs);

}  // namespace ruff

#endif  // RUFF_LANG_BYTECODE_FUNCTION_VERIFIER_H_
