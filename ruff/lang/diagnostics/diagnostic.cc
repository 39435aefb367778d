#include "ruff/lang/diagnostics/diagnostic.h"

#include <utility>

#include "absl/strings/substitute.h"

namespace ruff {
namespace {

constexpr DiagnosticTraits kTraits[] = {
#define RUFF_DIAGNOSTIC(Name, code, subsystem, message, help) \
  {#Name, code, subsystem, message, help},
#include "ruff/lang/diagnostics/diagnostic_kind.def"
};

}  // namespace

const DiagnosticTraits& TraitsOf(DiagnosticKind kind) { return kTraits[static_cast<int>(kind)]; }

Diagnostic MakeDiagnostic(DiagnosticKind kind, uint32_t offset, std::string_view argument) {
  return {.kind = kind,
          .offset = offset,
          .message = absl::Substitute(TraitsOf(kind).message_template, argument)};
}

void DiagnosticList::Append(Diagnostic diagnostic) {
  uint32_t& last = last_at_offset_.try_emplace(diagnostic.offset, kNone).first->second;
  for (uint32_t i = last; i != kNone; i = previous_at_offset_[i]) {
    if (diagnostics_[i] == diagnostic) return;
  }
  previous_at_offset_.push_back(std::exchange(last, static_cast<uint32_t>(size())));
  diagnostics_.push_back(std::move(diagnostic));
}

}  // namespace ruff
