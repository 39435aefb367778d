#include "ruff/lang/sema/resolution.h"

namespace ruff {

Reference Resolution::reference(NodeId node) const {
  const uint32_t word = marks_[Raw(node)];
  if (word == kNone) return {};
  const uint32_t number = word & ((1u << kTagShift) - 1);
  switch (word >> kTagShift) {
    case kBindingTag:
      return {.binding = BindingId{number}};
    case kSlotTag:
      return {.slot = number};
    default: {
      const WithCandidates& entry = with_candidates_[number];
      return {entry.binding, entry.slot, entry.candidates};
    }
  }
}

absl::Span<const BindingId> Resolution::import_bindings(NodeId import) const {
  const uint32_t first = marks_[Raw(import)];
  if (first == kNone) return {};
  return absl::MakeConstSpan(import_bindings_).subspan(first + 1, Raw(import_bindings_[first]));
}

}  // namespace ruff
