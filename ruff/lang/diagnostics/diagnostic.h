#ifndef RUFF_LANG_DIAGNOSTICS_DIAGNOSTIC_H_
#define RUFF_LANG_DIAGNOSTICS_DIAGNOSTIC_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace ruff {

enum class DiagnosticKind : uint8_t {
#define RUFF_DIAGNOSTIC(Name, code, subsystem, message, help) k##Name,
#include "ruff/lang/diagnostics/diagnostic_kind.def"
};

inline constexpr int kDiagnosticKindCount = 0
#define RUFF_DIAGNOSTIC(Name, code, subsystem, message, help) +1
#include "ruff/lang/diagnostics/diagnostic_kind.def"
    ;

// What all diagnostics of a kind share. Empty `help` means no help line.
struct DiagnosticTraits {
  std::string_view name;  // as in diagnostic_kind.def
  std::string_view code;
  std::string_view subsystem;
  std::string_view message_template;
  std::string_view help;
};

const DiagnosticTraits& TraitsOf(DiagnosticKind kind);

// One finding. Plain data; the source it speaks of is known to whoever holds it.
struct Diagnostic {
  // The offset of a finding that belongs to no place in the text.
  static constexpr uint32_t kNowhere = UINT32_MAX;

  DiagnosticKind kind;
  uint32_t offset;  // byte offset in the source, or kNowhere
  std::string message;

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

// A diagnostic whose message is the template of `kind` filled with `argument`.
Diagnostic MakeDiagnostic(DiagnosticKind kind, uint32_t offset, std::string_view argument = "");

// Diagnostics in order of discovery. The same message at the same offset is kept once.
class DiagnosticList {
 public:
  void Append(Diagnostic diagnostic);
  void Append(DiagnosticKind kind, uint32_t offset, std::string_view argument = "") {
    Append(MakeDiagnostic(kind, offset, argument));
  }

  bool empty() const { return diagnostics_.empty(); }
  size_t size() const { return diagnostics_.size(); }
  const Diagnostic& operator[](size_t index) const { return diagnostics_[index]; }
  auto begin() const { return diagnostics_.begin(); }
  auto end() const { return diagnostics_.end(); }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  std::vector<Diagnostic> diagnostics_;
  std::vector<uint32_t> previous_at_offset_;                // per diagnostic; kNone ends the chain
  absl::flat_hash_map<uint32_t, uint32_t> last_at_offset_;  // offset -> diagnostic
};

}  // namespace ruff

#endif  // RUFF_LANG_DIAGNOSTICS_DIAGNOSTIC_H_
