#include "ruff/lang/bytecode/verifier.h"

#include <chrono>
#include <functional>
#include <random>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "ruff/lang/bytecode/disassembler.h"
#include "ruff/lang/bytecode/sample_module.h"

namespace ruff {
namespace {

std::string Complaint(const Module& module) { return std::string(VerifyModule(module).message()); }

Instruction Abc(Opcode op, uint32_t a, uint32_t b = 0, uint32_t c = 0, uint8_t x = 0) {
  return MakeAbc(op, x, Scaled(a), Scaled(b), Scaled(c));
}

Instruction Ad(Opcode op, uint32_t a, int32_t d, uint8_t x = 0) {
  return MakeAd(op, x, Scaled(a), d);
}

// The complaint about `code`, run with 4 registers, constant 0 "s" and constant 1 the int 1.
std::string ComplaintAbout(std::vector<Instruction> code) {
  Module module = ModuleOf(std::move(code), 4);
  module.strings = {"s"};
  module.functions[0].constants = {{.kind = Constant::Kind::kString, .index = 0},
                                   {.kind = Constant::Kind::kInt, .i = 1}};
  return Complaint(module);
}

TEST(Verifier, AcceptsTheSample) { EXPECT_EQ(Complaint(SampleModule()), ""); }

TEST(Verifier, NamesThePlace) {
  Module module = SampleModule();
  module.functions[1].code[0] = Abc(Opcode::kBoxCell, 6);
  EXPECT_EQ(Complaint(module),
            "function 1 count: pc 0, BoxCell: register 6 is outside of the frame of 6");
}

TEST(Verifier, Code) {
  struct Case {
    std::string_view complaint;
    std::vector<Instruction> code;
  };
  const Case cases[] = {
      {"", {Abc(Opcode::kAdd, 3, 3, 3)}},
      {"pc 0: 255 is no opcode", {0xff}},
      {"pc 0, Add: register 4", {Abc(Opcode::kAdd, 0, 0, 4)}},
      {"pc 0, Move: an operand is not scaled", {MakeAbc(Opcode::kMove, 0, 0, 8, 0)}},
      {"pc 0, Move: an unused operand is not 0", {MakeAbc(Opcode::kMove, 0, 0, 0, 1)}},
      {"pc 0, Move: an unused operand is not 0", {MakeAbc(Opcode::kMove, 1, 0, 0, 0)}},
      {"", {Ad(Opcode::kGetFar, 0, 3)}},
      {"pc 0, GetFar: register 4", {Ad(Opcode::kGetFar, 0, 4)}},
      {"pc 0, SetFar: register 4294967295", {Ad(Opcode::kSetFar, 0, -1)}},
      {"", {Ad(Opcode::kCall, 1, 0, 2)}},
      {"pc 0, Call: register 4", {Ad(Opcode::kCall, 1, 0, 3)}},
      {"pc 0, CallPacked: register 4", {Abc(Opcode::kCallPacked, 3)}},
      {"pc 0, AppendMany: register 4294967296", {Ad(Opcode::kAppendMany, 1, -1)}},
      {"pc 0, TakeFar: register 4", {Ad(Opcode::kTakeFar, 0, 4)}},
      {"", {Ad(Opcode::kFarName, 0, 0), Abc(Opcode::kGetField, 0, 0, 4095), 0}},
      {"pc 1, GetField: constant 1 is of the wrong kind",
       {Ad(Opcode::kFarName, 0, 1), Abc(Opcode::kGetField, 0, 0, 4095), 0}},
      {"pc 0, GetField: no FarName stands before it", {Abc(Opcode::kGetField, 0, 0, 4095), 0}},
      {"pc 0, FarName: no constant 9", {Ad(Opcode::kFarName, 0, 9)}},
      {"pc 0, CallMethod: register 4", {MakeAbc(Opcode::kCallMethod, 2, Scaled(1), 0, 0), 0}},
      {"", {MakeAbc(Opcode::kCallMethod, 1, 0, 0, 1), 0, Abc(Opcode::kStoreSelf, 0, 0)}},
      {"pc 0, CallMethod: skips to",
       {MakeAbc(Opcode::kCallMethod, 1, 0, 0, 2), 0, Abc(Opcode::kStoreSelf, 0, 0)}},
      {"pc 0, GetField: constant 1 is of the wrong kind", {Abc(Opcode::kGetField, 0, 0, 1), 0}},
      {"pc 0, AddK: no constant 2", {Abc(Opcode::kAddK, 0, 0, 2)}},
      {"pc 0, SubK: constant 0 is of the wrong kind", {Abc(Opcode::kSubK, 0, 0, 0)}},
      {"", {Abc(Opcode::kSubK, 0, 0, 1)}},
      {"pc 0, LoadConst: no constant 4294967295", {Ad(Opcode::kLoadConst, 0, -1)}},
      {"pc 0, GetGlobal: no global slot 0", {Ad(Opcode::kGetGlobal, 0, 0)}},
      {"pc 0, GetUp: no captured variable 0", {Abc(Opcode::kGetUp, 0, 0, 0)}},
      {"pc 0, Closure: no function 1", {Ad(Opcode::kClosure, 0, 1)}},
      {"pc 0, NewStruct: no template 0", {Ad(Opcode::kNewStruct, 0, 0), 0}},
      {"pc 0, SetPath: no path 0", {Abc(Opcode::kSetPath, 0), 0}},
      {"pc 0, SetPath: x = 4", {Abc(Opcode::kSetPath, 0, 0, 0, 4), 0}},
      {"pc 0, LoadImm: x = 5", {Ad(Opcode::kLoadImm, 0, 0, 5)}},
      {"pc 0, LoadImm: x = 2", {Ad(Opcode::kLoadImm, 0, 2, 2)}},
      {"pc 0, NewBox: x = 4", {Abc(Opcode::kNewBox, 0, 0, 0, 4)}},
      {"pc 0, Lt: x = 2", {Abc(Opcode::kLt, 0, 0, 0, 2)}},
      {"pc 0, Yield: not in a generator", {Abc(Opcode::kYield, 0)}},
      {"pc 0, MarkSelf: not in a method", {Abc(Opcode::kMarkSelf, 0)}},
      {"pc 0, CallFar: only the linker", {Ad(Opcode::kCallFar, 0, 0)}},
      {"pc 0, NewArray: room for too many", {Ad(Opcode::kNewArray, 0, 1000000000)}},
      {"", {Ad(Opcode::kJump, 0, 0)}},
      {"pc 0, Jump: jumps to 2, which", {Ad(Opcode::kJump, 0, 1)}},
      {"pc 0, Jump: jumps backwards without", {Ad(Opcode::kJump, 0, -1)}},
      {"pc 0, Jump: jumps to 2, which", {Ad(Opcode::kJump, 0, 1), Abc(Opcode::kGetField, 0), 0}},
      {"pc 0, Loop: jumps forwards", {Ad(Opcode::kLoop, 0, 0)}},
      {"pc 0, Loop: jumps to -1, which", {Ad(Opcode::kLoop, 0, -2)}},
      {"", {Ad(Opcode::kJumpIf, 0, -1)}},
      {"pc 0, JumpIfNot: jumps backwards", {Ad(Opcode::kJumpIfNot, 0, -1)}},
      {"pc 0, JumpIfEq: jumps to 8", {MakeAbc(Opcode::kJumpIfEq, 0, 0, 0, 7)}},
      {"", {Ad(Opcode::kForPrep, 0, 0), Ad(Opcode::kForNext, 0, -1)}},
      {"pc 0, ForPrep: register 4", {Ad(Opcode::kForPrep, 1, 0), Ad(Opcode::kForNext, 1, -1)}},
      {"pc 0, ForPrep: does not jump to the ForNext", {Ad(Opcode::kForPrep, 0, 0)}},
      {"pc 0, RangePrep: no ForPrep follows",
       {Ad(Opcode::kRangePrep, 0, 0), Ad(Opcode::kForNext, 0, -1)}},
  };
  for (const Case& c : cases) {
    const std::string complaint = ComplaintAbout(c.code);
    if (c.complaint.empty()) {
      EXPECT_EQ(complaint, "") << std::hex << c.code[0];
    } else {
      EXPECT_NE(complaint.find(c.complaint), std::string::npos)
          << complaint << "\nexpected " << c.complaint;
    }
  }
}

TEST(Verifier, MissingWord) {
  Module module = ModuleOf({}, 1);
  module.functions[0].code = {Abc(Opcode::kGetField, 0)};
  EXPECT_EQ(Complaint(module),
            "function 0 : the code ends before the word of its last instruction");
}

// A change to the sample that must be rejected, and a part of the complaint.
struct Mutation {
  std::string_view complaint;
  std::function<void(Module&)> apply;
};

TEST(Verifier, Tables) {
  const Mutation mutations[] = {
      {"function 0 is missing", [](Module& m) { m.functions.clear(); }},
      {"wants arguments", [](Module& m) { m.functions[0].parameter_count = 1; }},
      {"no code", [](Module& m) { m.functions[2].code.clear(); }},
      {"falls off its end", [](Module& m) { m.functions[2].code.pop_back(); }},
      {"too large", [](Module& m) { m.functions[2].register_count = kMaxRegisters + 1; }},
      {"do not fit", [](Module& m) { m.functions[1].parameter_count = 7; }},
      {"constant 0 is malformed", [](Module& m) { m.functions[2].constants[0].index = 4; }},
      {"path 0 has a field", [](Module& m) { m.functions[0].paths[0].steps[0].name = 3; }},
      {"template 1 has no name", [](Module& m) { m.functions[0].templates[1].name = 99; }},
      {"template 1 has field x twice",
       [](Module& m) { m.functions[0].templates[1].fields = {1, 1}; }},
      {"template 0 has a method", [](Module& m) { m.functions[0].templates[0].methods = {3}; }},
      {"template 0 has a default",
       [](Module& m) { m.functions[0].templates[0].default_fields = {2}; }},
      {"is not a declaration",
       [](Module& m) { m.functions[0].code[2] = Ad(Opcode::kNewStructDef, 0, 1); }},
      {"captures what", [](Module& m) { m.functions[2].captures[0].index = 6; }},
      {"captures what",
       [](Module& m) { m.functions[2].captures.push_back({Capture::From::kCaptured, 0}); }},
      {"comes from nowhere", [](Module& m) { m.functions[2].captures[0].from = Capture::From{9}; }},
      {"handler 0 does not consist", [](Module& m) { m.functions[1].handlers[0].end = 99; }},
      {"handler 0 does not consist", [](Module& m) { m.functions[0].handlers = {{8, 8, 9, 0}}; }},
      {"handler 0 does not lead", [](Module& m) { m.functions[1].handlers[0].target = 5; }},
      {"handler 0 does not lead", [](Module& m) { m.functions[1].handlers[0].end = 4; }},
      {"handler 0: register 6", [](Module& m) { m.functions[1].handlers[0].reg = 6; }},
      {"its defaults do not follow",
       [](Module& m) { m.functions[0].code[11] = Abc(Opcode::kNop, 0); }},
      {"another window", [](Module& m) { m.functions[0].code[11] = Abc(Opcode::kSetDefault, 1); }},
      {"SetPath: no global slot 3", [](Module& m) { m.functions[0].code[21] = uint64_t{3} << 32; }},
      {"SetPath: no path 1", [](Module& m) { m.functions[0].code[21] = 1; }},
      {"SetPath: register 8",
       [](Module& m) {
         m.functions[0].paths[0].steps.resize(5, {false, 0});
         m.functions[0].paths[0].steps.push_back({false, 0});
       }},
      {"export Point has no slot", [](Module& m) { m.exports[0].slot = 3; }},
      {"a global has a bad", [](Module& m) { m.globals[0].binding = Global::Binding{9}; }},
      {"test t: function 1", [](Module& m) { m.tests = {{TestBlock::Type::kTest, "t", 1}}; }},
      {"test t has no type", [](Module& m) { m.tests = {{TestBlock::Type{9}, "t", 0}}; }},
      {"a constant contains itself",
       [](Module& m) { m.arrays[0].push_back({.kind = Constant::Kind::kDict, .index = 0}); }},
  };
  for (const Mutation& mutation : mutations) {
    Module module = SampleModule();
    mutation.apply(module);
    const std::string complaint = Complaint(module);
    EXPECT_NE(complaint.find(mutation.complaint), std::string::npos)
        << "\"" << complaint << "\", expected " << mutation.complaint;
  }
}

// Whatever the bytes are, verifying and listing them ends, and what passes can be listed and
// verified again.
TEST(Verifier, SurvivesAnyBytes) {
  std::mt19937_64 random(20240722);
  for (int round = 0; round < 20000; ++round) {
    Module module = SampleModule();
    FunctionProto& function = module.functions[random() % module.functions.size()];
    const int changes = 1 + static_cast<int>(random() % 4);
    for (int i = 0; i < changes; ++i) {
      Instruction& word = function.code[random() % function.code.size()];
      switch (random() % 6) {
        case 0:
          word ^= uint64_t{1} << (random() % 64);
          break;
        case 1:
          word = (word & ~uint64_t{0xff}) | random() % kOpcodeCount;
          break;
        case 2:
          word = random();
          break;
        case 3:
          word = function.code[random() % function.code.size()];
          break;
        case 4:
          function.code.resize(1 + random() % function.code.size());
          break;
        default:
          function.register_count = random() % 9;
          break;
      }
    }
    if (!VerifyModule(module).ok() && round % 16 != 0) continue;
    EXPECT_FALSE(Disassemble(module).empty());
  }
}

TEST(Verifier, SurvivesNoise) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::vector<Instruction> code(1 + random() % 40);
    for (Instruction& word : code) {
      word = random() & 0xf0f0'00f0'00ff;
      if (random() % 2 == 0) word = (word & ~uint64_t{0xff}) | random() % kOpcodeCount;
    }
    const Module module = ModuleOf(std::move(code), 16);
    VerifyModule(module).IgnoreError();
    EXPECT_FALSE(Disassemble(module).empty());
  }
}

TEST(Verifier, TakesLinearTime) {
  const auto seconds = [](size_t instructions) {
    const Module module =
        ModuleOf(std::vector<Instruction>(instructions, Ad(Opcode::kAppendMany, 0, 99999)), 100000);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(Complaint(module), "");
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  EXPECT_LT(seconds(2000000), 5) << "a window costs the same however wide it is";
}

}  // namespace
}  // namespace ruff
