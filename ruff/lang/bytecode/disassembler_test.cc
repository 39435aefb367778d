#include "ruff/lang/bytecode/disassembler.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/lang/bytecode/sample_module.h"

namespace ruff {
namespace {

constexpr char kListing[] = R"(module sample.ruff, 3 statements
  global g0 Point, struct
  global g1 g, mutable
  global g2 range, unknown
  export Point, g0
  export Color, enum

function 0 file level(), parameters: 0, registers: 8
  paths
    p0       place.x[i0]
  templates
    t0       Point {x} methods move defaults x
    t1       Point {-, x}
  constants
    k0       "Point"
    k1       "x"
    k2       "move"
    k3       {"x": 1, 2: ["Point", 3]}
    k4       ["Point", 3]
  code
       0 1:1      Closure          r1, f3                    ; Point.move
       1 1:11     Closure          r2, f2                    ; <lambda>
       2 1:21     NewStructDef     r0..r2, t0, 0             ; Point
       3 1:31     SetGlobal        r0, g0                    ; Point
       4 1:41     GetGlobal        r0, g0                    ; Point
       5 2:1      LoadImm          r1, 1, Int
       6 2:11     LoadImm          r2, 2, Int
       7 2:21     NewStruct        r0..r2, t1, 1             ; Point
  L1:
       9 2:41     NextDefault      r0..r1, L2
      10 3:1      Call             r1, 0
      11 3:11     SetDefault       r0..r1
      12 3:21     Loop             L1
  L2:
      13 3:31     Move             r3, r0
      14 3:41     CallMethod       r2..r4, k2, 2, 1          ; "move"
      16 4:11     StoreSelf        r2..r3, r0, 0
      17 4:21     JumpIfSelfSame   r2..r3, L3
  L3:
      18 4:31     LoadImm          r4, 0, Int
      19 4:41     LoadConst        r5, k3                    ; {"x": 1, 2: ["Point", 3]}
      20 5:1      SetPath          r4, r5, 3, p0             ; g.x[r4]
      22 5:21     DictRest         r6, r5, k4                ; ["Point", 3]
      23 5:31     ReturnNull

function 1 count(n), parameters: 1, registers: 6, generator
  constants
    k0       1.5
    k1       "x"
  handlers
    L1 to L2: L3, r5
  code
       0 1:1      BoxCell          r0
       1          GetGlobal        r1, g2                    ; range
       2          GetCell          r2, r0, k1                ; "x"
       3          RangePrep        r1..r4, L4, 1
       4          ForPrep          r1..r4, L4
  L1:
       5          AddK             r5, r4, k0                ; 1.5
       6          Yield            r5
  L2:
       7          Jump             L4
  L3:
       8          Closure          r5, f2                    ; <lambda>
  L4:
       9          ForNext          r1..r4, L1
      10          JumpIfNull       r1, L5
      11          Throw            r1
  L5:
      12          Return           r1

function 2 <lambda>(), parameters: 0, registers: 2, lambda
  captures
    c0       cell r0
  constants
    k0       "x"
  code
       0 1:1      GetUp            r0, c0, k0                ; "x"
       1          TryUnwrap        r1, r0
       2          Return           r1

function 3 Point.move(self, by), parameters: 2, registers: 3, method, has self, changes self
  constants
    k0       "x"
  code
       0 1:1      GetField         r2, r0, k0                ; "x"
       2          Add              r2, r2, r1
       3          SetField         r0, k0, r2                ; "x"
       5          MarkSelf
       6          LoadImm          r2, 0, Null
       7          ReturnSelf       r2
)";

TEST(Disassembler, ListsEverything) {
  EXPECT_EQ(Disassemble(SampleModule(),
                        [](uint32_t offset) {
                          return absl::StrCat(offset / 50 + 1, ":", offset % 50 + 1);
                        }),
            kListing);
}

TEST(Disassembler, PositionsAreOptional) {
  const std::string text = Disassemble(SampleModule());
  EXPECT_NE(text.find("\n       5          LoadImm          r1, 1, Int\n"), std::string::npos)
      << text;
}

TEST(Disassembler, OneFunction) {
  const std::string text =
      DisassembleFunction(SampleModule(), 2, [](uint32_t) { return std::string("9:9"); });
  EXPECT_EQ(text.find("function 2 <lambda>()"), 0u);
  EXPECT_NE(text.find("       0 9:9      GetUp"), std::string::npos) << text;
}

TEST(Disassembler, ShowsWhatTheVerifierRejects) {
  const std::string text = Disassemble(
      ModuleOf({0xff, MakeAd(Opcode::kGetGlobal, 0, 0, 7), MakeAd(Opcode::kJump, 0, 0, 100),
                MakeAd(Opcode::kLoop, 0, 0, -100), MakeAbc(Opcode::kSetPath, 9, 0, 0, 0), 5},
               1));
  EXPECT_NE(text.find("(no opcode) 00000000000000ff"), std::string::npos) << text;
  EXPECT_NE(text.find("GetGlobal        r0, g7                    ; ?"), std::string::npos) << text;
  EXPECT_NE(text.find("  L1: (at -96)"), std::string::npos) << text;
  EXPECT_NE(text.find("  L2: (at 103)"), std::string::npos) << text;
  EXPECT_NE(text.find("SetPath          r0, r0, 9, p5             ; ?"), std::string::npos) << text;
}

}  // namespace
}  // namespace ruff
