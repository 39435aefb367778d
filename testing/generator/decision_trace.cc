#include "testing/generator/decision_trace.h"

namespace ruff::generator {

uint64_t TracedDecisions::Below(uint64_t bound) {
  const size_t begin = used();
  const uint64_t value = ByteDecisions::Below(bound);
  if (used() > begin) choices_.push_back({begin, used(), bound});
  return value;
}

void TracedDecisions::Begin(uint8_t kind) { open_.push_back({kind, used(), used()}); }

void TracedDecisions::End() {
  PartBytes part = open_.back();
  open_.pop_back();
  part.end = used();
  if (part.end > part.begin) parts_.push_back(part);
}

}  // namespace ruff::generator
