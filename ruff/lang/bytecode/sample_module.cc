#include "ruff/lang/bytecode/sample_module.h"

#include <utility>

namespace ruff {
namespace {

Constant Int(int64_t i) { return {.kind = Constant::Kind::kInt, .i = i}; }
Constant Pooled(Constant::Kind kind, uint32_t index) { return {.kind = kind, .index = index}; }
Constant String(uint32_t index) { return Pooled(Constant::Kind::kString, index); }

Instruction Abc(Opcode op, uint32_t a, uint32_t b = 0, uint32_t c = 0, uint8_t x = 0) {
  return MakeAbc(op, x, Scaled(a), Scaled(b), Scaled(c));
}

Instruction Ad(Opcode op, uint32_t a, int32_t d, uint8_t x = 0) {
  return MakeAd(op, x, Scaled(a), d);
}

constexpr auto kIntKind = static_cast<uint8_t>(ConstantKind::kInt);

// struct Point { x := 0; func move(by) { self.x = self.x + by } }; p := Point { x: 1, x: 2 };
// g.p[0].x = 5
FunctionProto FileLevel() {
  FunctionProto f;
  f.register_count = 8;
  f.constants = {String(0), String(1), String(2), Pooled(Constant::Kind::kDict, 0),
                 Pooled(Constant::Kind::kArray, 0)};
  f.paths = {{{{true, 1}, {false, 0}}}};
  f.templates = {{.name = 0, .fields = {1}, .methods = {2}, .default_fields = {1}},
                 {.name = 0, .fields = {0xffffffff, 1}, .methods = {}, .default_fields = {}}};
  f.code = {
      Ad(Opcode::kClosure, 1, 3),
      Ad(Opcode::kClosure, 2, 2),
      Ad(Opcode::kNewStructDef, 0, 0),
      Ad(Opcode::kSetGlobal, 0, 0),
      Ad(Opcode::kGetGlobal, 0, 0),
      Ad(Opcode::kLoadImm, 1, 1, kIntKind),
      Ad(Opcode::kLoadImm, 2, 2, kIntKind),
      Ad(Opcode::kNewStruct, 0, 1, 1),
      0,
      Ad(Opcode::kNextDefault, 0, 3),
      Ad(Opcode::kCall, 1, 0, 0),
      Abc(Opcode::kSetDefault, 0),
      Ad(Opcode::kLoop, 0, -4),
      Abc(Opcode::kMove, 3, 0),
      MakeAbc(Opcode::kCallMethod, 1, Scaled(2), Scaled(2), 2),
      0,
      Abc(Opcode::kStoreSelf, 2, 0),
      Ad(Opcode::kJumpIfSelfSame, 2, 0),
      Ad(Opcode::kLoadImm, 4, 0, kIntKind),
      Ad(Opcode::kLoadConst, 5, 3),
      Abc(Opcode::kSetPath, 4, 5, 0, static_cast<uint8_t>(PathRoot::kGlobal)),
      uint64_t{1} << 32,
      Abc(Opcode::kDictRest, 6, 5, 4),
      Abc(Opcode::kReturnNull, 0),
  };
  for (uint32_t pc = 0; pc < f.code.size(); ++pc) f.positions.Add(pc, pc * 10);
  return f;
}

// func* count(n) { for i in range(n) { try { yield i + 1.5 } except e { later(func() { return n })
// } } }
FunctionProto Generator() {
  FunctionProto f;
  f.name = "count";
  f.parameter_count = 1;
  f.parameter_names = {"n"};
  f.register_count = 6;
  f.is_generator = true;
  f.constants = {{.kind = Constant::Kind::kFloat, .d = 1.5}, String(1)};
  f.code = {
      Abc(Opcode::kBoxCell, 0),       Ad(Opcode::kGetGlobal, 1, 2),
      Abc(Opcode::kGetCell, 2, 0, 1), Ad(Opcode::kRangePrep, 1, 5, 1),
      Ad(Opcode::kForPrep, 1, 4),     Abc(Opcode::kAddK, 5, 4, 0),
      Abc(Opcode::kYield, 5),         Ad(Opcode::kJump, 0, 1),
      Ad(Opcode::kClosure, 5, 2),     Ad(Opcode::kForNext, 1, -5),
      Ad(Opcode::kJumpIfNull, 1, 1),  Abc(Opcode::kThrow, 1),
      Abc(Opcode::kReturn, 1),
  };
  f.handlers = {{5, 7, 8, 5}};
  return f;
}

FunctionProto Lambda() {
  FunctionProto f;
  f.name = "<lambda>";
  f.register_count = 2;
  f.is_lambda = true;
  f.captures = {{Capture::From::kCellRegister, 0}};
  f.constants = {String(1)};
  f.code = {MakeAbc(Opcode::kGetUp, 0, Scaled(0), 0, Scaled(0)), Abc(Opcode::kTryUnwrap, 1, 0),
            Abc(Opcode::kReturn, 1)};
  return f;
}

FunctionProto Method() {
  FunctionProto f;
  f.name = "Point.move";
  f.parameter_count = 2;
  f.parameter_names = {"self", "by"};
  f.register_count = 3;
  f.has_self = f.is_method = f.changes_self = true;
  f.constants = {String(1)};
  f.code = {Abc(Opcode::kGetField, 2, 0, 0),
            0,
            Abc(Opcode::kAdd, 2, 2, 1),
            Abc(Opcode::kSetField, 0, 0, 2),
            0,
            Abc(Opcode::kMarkSelf, 0),
            Ad(Opcode::kLoadImm, 2, 0, static_cast<uint8_t>(ConstantKind::kNull)),
            Abc(Opcode::kReturnSelf, 2)};
  return f;
}

}  // namespace

Module SampleModule() {
  Module module;
  module.source_name = "sample.ruff";
  module.statement_count = 3;
  module.strings = {"Point", "x", "move", "n"};
  module.arrays = {{String(0), Int(3)}};
  module.dicts = {{{String(1), Int(1)}, {Int(2), Pooled(Constant::Kind::kArray, 0)}}};
  module.globals = {{"Point", Global::Binding::kStruct},
                    {"g", Global::Binding::kMutable},
                    {"range", Global::Binding::kUnknown}};
  module.exports = {{"Point", 0, false}, {"Color", 0, true}};
  module.functions = {FileLevel(), Generator(), Lambda(), Method()};
  return module;
}

Module ModuleOf(std::vector<Instruction> code, uint32_t registers) {
  Module module;
  module.functions.emplace_back();
  module.functions[0].register_count = registers;
  module.functions[0].code = std::move(code);
  module.functions[0].code.push_back(MakeAbc(Opcode::kReturnNull, 0, 0, 0, 0));
  return module;
}

}  // namespace ruff
