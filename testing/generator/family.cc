#include "testing/generator/family.h"

namespace ruff::generator {

std::span<const Family> Families() {
  static const Family kFamilies[] = {
      {"literals", "huge arrays, dicts, strings, nesting and chains", LiteralKinds()},
      {"promises", "promise_all and its relatives over mixes of members", PromiseKinds()},
      {"programs", "general programs: every statement and expression form", ProgramKinds()},
      {"damage", "other families' programs with bytes or tokens damaged", DamageKinds()},
  };
  return kFamilies;
}

const Family* FindFamily(std::string_view name) {
  for (const Family& family : Families()) {
    if (family.name == name) return &family;
  }
  return nullptr;
}

const Kind* FindKind(const Family& family, std::string_view name) {
  for (const Kind& kind : family.kinds) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

}  // namespace ruff::generator
