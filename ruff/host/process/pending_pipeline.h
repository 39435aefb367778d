// A pipeline at work and the promise of what comes out of it, on the side of the program.

#ifndef RUFF_HOST_PROCESS_PENDING_PIPELINE_H_
#define RUFF_HOST_PROCESS_PENDING_PIPELINE_H_

#include <memory>
#include <string>

#include "ruff/host/process/pipeline.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// The owned value that a pipeline leads to; Unset, with the message set, when it leads to an error.
using PipelineResult = Value (*)(const Pipeline& pipeline, std::string* error);

// The owned promise of the result of a started pipeline. The calling task can only await it: nobody
// else may be told of a rejection.
Value AwaitPipeline(NativeContext& context, std::unique_ptr<Pipeline> pipeline,
                    PipelineResult result);
// What a pipeline that is to be awaited looks at to learn that the program is to end.
const std::atomic<bool>* InterruptOf(NativeContext& context);

}  // namespace ruff

#endif  // RUFF_HOST_PROCESS_PENDING_PIPELINE_H_
