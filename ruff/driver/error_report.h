// The report of an error that nothing in the program caught.

#ifndef RUFF_DRIVER_ERROR_REPORT_H_
#define RUFF_DRIVER_ERROR_REPORT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/diagnostics/render.h"
#include "ruff/lang/source/source_buffer.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {

struct ErrorReport {
  std::string message;
  std::vector<std::string> call_stack;   // functions active at the throw, outermost first
  const SourceBuffer* source = nullptr;  // null: the place is unknown
  uint32_t offset = 0;
};

// `error` is a struct named Error, or null when there is only a message.
ErrorReport MakeErrorReport(std::string_view message, Value error, const ErrorSite& site);

// For people. Of a deep call stack the middle is left out.
std::string RenderErrorReport(const ErrorReport& report, const RenderOptions& options);

// For programs: the envelope of `run --json-runtime-diagnostics`, with a line end.
std::string RenderErrorReportJson(const ErrorReport& report);
// The same of a compile error.
std::string RenderCompileErrorJson(const SourceBuffer& source, const Diagnostic& diagnostic);

}  // namespace ruff

#endif  // RUFF_DRIVER_ERROR_REPORT_H_
