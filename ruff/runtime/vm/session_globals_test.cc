#include "ruff/runtime/vm/session_globals.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "ruff/lang/bytecode/operand.h"

namespace ruff {
namespace {

// Names that begin with `b` are builtins.
Value Default(void*, std::string_view name) {
  return name[0] == 'b' ? Value::Int(7) : Value::Unset();
}

Global Mutable(std::string name) { return {std::move(name), Global::Binding::kMutable}; }

// One function with an instruction for every way of naming slot 1.
Module ModuleWith(std::vector<Global> globals) {
  Module module;
  module.globals = std::move(globals);
  const Instruction path_word = Instruction{1} << 32;
  FunctionProto& function = module.functions.emplace_back();
  const auto ad = [](Opcode opcode, uint32_t d) {
    return static_cast<Instruction>(opcode) | Instruction{d} << 32;
  };
  const auto with_x = [](Opcode opcode, PathRoot root) {
    return static_cast<Instruction>(opcode) | Instruction{static_cast<uint8_t>(root)} << 8;
  };
  function.code = {
      ad(Opcode::kGetGlobal, 1),
      ad(Opcode::kSetGlobal, 0),
      with_x(Opcode::kSetPath, PathRoot::kGlobal),
      path_word,
      with_x(Opcode::kSetPath, PathRoot::kRegister),
      path_word,
      static_cast<Instruction>(Opcode::kReturnNull),
  };
  return module;
}

uint32_t UpperHalf(Instruction i) { return static_cast<uint32_t>(i >> 32); }

TEST(SessionGlobalsTest, GivesEveryNameOneSlot) {
  SessionGlobals session(Default, nullptr);
  EXPECT_EQ(session.Slot("x"), 0);
  EXPECT_EQ(session.Slot("b"), 1);
  EXPECT_EQ(session.Slot("x"), 0);
  EXPECT_TRUE(session.values()[0].Is(Kind::kUnset));
  EXPECT_EQ(session.values()[1].i, 7);
}

TEST(SessionGlobalsTest, KnowsWhatTheProgramHasBound) {
  SessionGlobals session(Default, nullptr);
  session.Slot("x");
  session.Slot("b");
  EXPECT_FALSE(session.IsBound(0));
  EXPECT_FALSE(session.IsBound(1));
  session.values()[0] = Value::Int(1);
  session.values()[1] = Value::Int(2);
  EXPECT_TRUE(session.IsBound(0));
  EXPECT_TRUE(session.IsBound(1));
}

TEST(SessionGlobalsTest, RenumbersWhateverNamesASlot) {
  SessionGlobals session(Default, nullptr);
  session.Slot("y");
  session.Slot("z");
  Module module = ModuleWith({Mutable("x"), Mutable("y")});
  module.exports = {{"y", 1, false}, {"E", 0, true}};
  ASSERT_TRUE(session.Adopt(&module));
  const std::vector<Instruction>& code = module.functions[0].code;
  EXPECT_EQ(UpperHalf(code[0]), 0u);  // y
  EXPECT_EQ(UpperHalf(code[1]), 2u);  // x
  EXPECT_EQ(UpperHalf(code[3]), 0u);
  EXPECT_EQ(UpperHalf(code[5]), 1u);  // a register
  EXPECT_EQ(module.exports[0].slot, 0u);

  ASSERT_EQ(module.globals.size(), 3u);
  EXPECT_EQ(module.globals[0].name, "y");
  EXPECT_EQ(module.globals[0].binding, Global::Binding::kMutable);
  EXPECT_EQ(module.globals[1].name, "z");
  EXPECT_EQ(module.globals[1].binding, Global::Binding::kUnknown);
  EXPECT_EQ(module.globals[2].name, "x");
}

TEST(SessionGlobalsTest, RefusesWhatDoesNotFit) {
  SessionGlobals session(Default, nullptr);
  for (uint32_t i = 0; i < SessionGlobals::kMaxSlots; ++i) session.Slot(std::to_string(i));
  EXPECT_EQ(session.Slot("x"), -1);
  EXPECT_EQ(session.Slot("5"), 5);
  Module module = ModuleWith({Mutable("x"), Mutable("5")});
  EXPECT_FALSE(session.Adopt(&module));
}

}  // namespace
}  // namespace ruff
