#include "testing/stress/ceiling.h"

namespace ruff::stress {
namespace {

// The process with nothing to do, the prelude, a stack and a margin for small programs.
constexpr uint64_t kBase = uint64_t{48} << 20;

// Bytes an element: measured with a million elements, and a fifth more.
struct Row {
  std::string_view family;
  std::string_view kind;
  uint64_t per_element;
};
constexpr Row kRows[] = {
    {"literals", "ints", 90},        {"literals", "calls", 210},    {"literals", "floats", 90},
    {"literals", "strings", 120},    {"literals", "dict", 650},     {"literals", "text", 30},
    {"literals", "chain", 120},      {"literals", "else_if", 720},  {"literals", "statements", 320},
    {"literals", "functions", 1680}, {"literals", "pipe", 270},     {"promises", "all", 460},
    {"promises", "all_limit", 580},  {"promises", "settled", 560},  {"promises", "race", 420},
    {"promises", "any", 420},        {"promises", "map", 90},       {"promises", "deep", 430},
    {"promises", "chain", 390},      {"promises", "tasks", 1470},   {"promises", "channel", 90},
    {"promises", "await_loop", 670}, {"promises", "uncaught", 460},
};

}  // namespace

uint64_t Ceiling(std::string_view family, std::string_view kind, uint64_t size) {
  for (const Row& row : kRows) {
    if (row.family == family && row.kind == kind) return kBase + row.per_element * size;
  }
  return UINT64_MAX;
}

}  // namespace ruff::stress
