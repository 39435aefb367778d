// The options of the builtins that run processes.

#ifndef RUFF_HOST_PROCESS_OPTIONS_H_
#define RUFF_HOST_PROCESS_OPTIONS_H_

#include <string>
#include <vector>

#include "ruff/host/process/pipeline.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

struct ProcessOptions {
  PipelineLimits limits;
  std::vector<std::string> environment;  // "NAME=value", the whole of it
  std::string search_path;               // the PATH in which programs are looked for
};

// Reads `options`, a dict, or Unset for the usual. False after making the call fail.
bool ReadProcessOptions(NativeContext& context, Value options, ProcessOptions* out);

}  // namespace ruff

#endif  // RUFF_HOST_PROCESS_OPTIONS_H_
