#ifndef RUFF_DRIVER_CLI_H_
#define RUFF_DRIVER_CLI_H_

#include <string_view>

#include "absl/types/span.h"

namespace ruff {

// Does what the command line `words` (without the name of the binary) asks for; the result is the
// exit code of the process. All output is flushed.
int RunCommandLine(absl::Span<const std::string_view> words);

}  // namespace ruff

#endif  // RUFF_DRIVER_CLI_H_
