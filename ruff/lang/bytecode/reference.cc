#include "ruff/lang/bytecode/reference.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ruff/lang/bytecode/operand.h"

namespace ruff {
namespace {

constexpr std::string_view kIntroduction = R"(# Bytecode

Generated from `ruff/lang/bytecode/opcode.def` by `bazel run //ruff/lang/bytecode:update_reference`.

A function is a frame of registers, a table of constants and code of 64-bit words. An instruction is one word, in one of
two formats; a format with `W` is followed by a second word, which is an inline cache unless the text says what it holds.

```text
 0      8      16         32         48         64
 +------+------+----------+----------+----------+
 |  op  |  x   |    a     |    b     |    c     |   ABC, ABCW
 +------+------+----------+----------+----------+
 |  op  |  x   |    a     |     d (32 bits)     |   AD, ADW
 +------+------+----------+---------------------+
```

Registers and constants of 16 bits are stored multiplied by 16, the size of a value; those of 32 bits are not.
`R[x]` is a register, `K[x]` a constant, `G[x]` a global slot, `U[x]` a captured variable.
)";

std::string_view FormatName(Format format) {
  switch (format) {
    case Format::kAbc:
      return "ABC";
    case Format::kAd:
      return "AD";
    case Format::kAbcw:
      return "ABCW";
    case Format::kAdw:
      return "ADW";
  }
  return "";
}

std::string_view Spelling(OperandKind kind) {
  switch (kind) {
#define RUFF_OPERAND_KIND(name, spelling, meaning) \
  case OperandKind::k##name:                       \
    return spelling;
    RUFF_OPERAND_KINDS
#undef RUFF_OPERAND_KIND
  }
  return "";
}

// e.g. `a: def, b: reg, c: const`.
std::string DescribeOperands(const OpcodeInfo& info) {
  std::string text;
  const auto add = [&](std::string_view name, OperandKind kind) {
    if (kind == OperandKind::kUnused) return;
    absl::StrAppend(&text, text.empty() ? "" : ", ", name, ": ", Spelling(kind));
  };
  add("x", info.x);
  add("a", info.a);
  add(info.is_wide() ? "d" : "b", info.b);
  add("c", info.c);
  return text;
}

std::string DescribeEffects(const OpcodeInfo& info) {
  std::string letters;
#define RUFF_EFFECT(name, letter, bit, meaning) \
  if (info.Has(k##name)) letters += letter;
  RUFF_EFFECTS
#undef RUFF_EFFECT
  return letters;
}

// A bar would end the cell of a table; an asterisk or angle bracket would be markup, `](` a link.
std::string TableCell(std::string_view text) {
  return absl::StrReplaceAll(text, {{"|", "\\|"}, {"*", "\\*"}, {"<", "&lt;"}, {"](", "\\]("}});
}

}  // namespace

std::string BytecodeReference() {
  std::string page(kIntroduction);
  absl::StrAppend(&page, "\n## Operands\n\n| Kind | Meaning |\n| --- | --- |\n");
#define RUFF_OPERAND_KIND(name, spelling, meaning)  \
  if (OperandKind::k##name != OperandKind::kUnused) \
    absl::StrAppend(&page, "| `" spelling "` | " meaning " |\n");
  RUFF_OPERAND_KINDS
#undef RUFF_OPERAND_KIND
  absl::StrAppend(&page, "\n## Effects\n\n| Letter | Meaning |\n| --- | --- |\n");
#define RUFF_EFFECT(name, letter, bit, meaning) \
  absl::StrAppend(&page, "| ", std::string(1, letter), " | " meaning " |\n");
  RUFF_EFFECTS
#undef RUFF_EFFECT
  absl::StrAppend(
      &page, "\n## Instructions\n\n",
      "| Opcode | Format | Operands | Effects | Meaning |\n| --- | --- | --- | --- | --- |\n");
  for (const OpcodeInfo& info : kOpcodeTable) {
    absl::StrAppend(&page, "| `", info.name, "` | ", FormatName(info.format), " | ",
                    DescribeOperands(info), " | ", DescribeEffects(info), " | ",
                    TableCell(info.doc), " |\n");
  }
  return page;
}

}  // namespace ruff
