#include "ruff/runtime/value/value.h"

#include <string_view>

#include "ruff/runtime/value/kind_ops.h"

namespace ruff {
namespace {

struct KindNames {
  std::string_view type;
  std::string_view message;
};

constexpr KindNames kKindNames[] = {
#define RUFF_KIND(name, type, message) {type, message},
#include "ruff/runtime/value/kind.def"
};

}  // namespace

std::string_view TypeName(Value v) {
  if (v.IsHeap()) {
    if (const auto type_name = OpsOf(v.kind()).type_name) return type_name(v.object);
  }
  return kKindNames[v.tag].type;
}

std::string_view MessageTypeName(Value v) { return kKindNames[v.tag].message; }

}  // namespace ruff
