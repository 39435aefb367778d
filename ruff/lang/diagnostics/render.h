#ifndef RUFF_LANG_DIAGNOSTICS_RENDER_H_
#define RUFF_LANG_DIAGNOSTICS_RENDER_H_

#include <string>

#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/source/source_buffer.h"

namespace ruff {

struct RenderOptions {
  bool color = false;
  bool show_source = false;  // quote the source line with a caret; meant for terminals
};

// The block of lines a person reads, each ended by `\n`:
//
//   [CODE] [subsystem] error: MESSAGE
//     --> FILE:LINE:COLUMN
//   source line                          (with show_source)
//       ^                                (with show_source)
//     = help: HELP
//
// Lines that have nothing to say are left out.
std::string RenderHuman(const SourceBuffer& source, const Diagnostic& diagnostic,
                        const RenderOptions& options = {});

// The two lines of `show_source` for the byte at `offset`: the source line, of a very long one the
// part around `offset`, and a caret under its column, each ended by `\n`.
std::string RenderSourceLine(const SourceBuffer& source, uint32_t offset, bool color);

struct JsonOptions {
  bool include_file = true;  // else "file" is null
  int indent = 0;            // spaces before each line but the first
};

// The diagnostic as a JSON object, keys sorted, two spaces a level, no final line end.
std::string RenderJson(const SourceBuffer& source, const Diagnostic& diagnostic,
                       const JsonOptions& options = {});

}  // namespace ruff

#endif  // RUFF_LANG_DIAGNOSTICS_RENDER_H_
