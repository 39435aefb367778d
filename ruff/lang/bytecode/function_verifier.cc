#include "ruff/lang/bytecode/function_verifier.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/utf8.h"
#include "ruff/lang/bytecode/operand.h"
#include "ruff/lang/bytecode/verifier.h"
#include "ruff/lang/bytecode/window.h"

namespace ruff {
namespace {

constexpr uint32_t kDropped = 0xffffffff;  // a field of a struct literal that a later one replaces

ConstantRole RoleOf(Opcode op) {
  switch (op) {
    case Opcode::kLoadConst:
    case Opcode::kFarName:
      return ConstantRole::kAny;
    case Opcode::kAddK:
      return ConstantRole::kNumberOrString;
    case Opcode::kSubK:
    case Opcode::kMulK:
    case Opcode::kDivK:
    case Opcode::kModK:
      return ConstantRole::kNumber;
    case Opcode::kPutK:
    case Opcode::kDictPart:
      return ConstantRole::kKey;
    case Opcode::kDictRest:
      return ConstantRole::kKeyArray;
    default:
      return ConstantRole::kString;
  }
}

// True when `x` is one of the values the opcode gives a meaning to (and d its payload, for
// LoadImm).
bool IsMeaningfulX(Opcode op, const Operands& operands) {
  const int64_t x = operands.x;
  const auto kind = static_cast<ConstantKind>(x);
  switch (op) {
    case Opcode::kLoadImm:
      if (kind == ConstantKind::kBool) return operands.b == 0 || operands.b == 1;
      return kind == ConstantKind::kInt || (kind <= ConstantKind::kNone && operands.b == 0);
    case Opcode::kNewBox:
      return kind >= ConstantKind::kOk && kind <= ConstantKind::kSome;
    case Opcode::kTestKind:
      return kind <= ConstantKind::kSome;
    case Opcode::kLt:
    case Opcode::kLe:
    case Opcode::kJumpIfEq:
    case Opcode::kJumpIfNe:
    case Opcode::kJumpIfEqI:
    case Opcode::kJumpIfNeI:
    case Opcode::kJumpIfLt:
    case Opcode::kJumpIfLe:
    case Opcode::kJumpIfNotLt:
    case Opcode::kJumpIfNotLe:
    case Opcode::kStoreSelf:
    case Opcode::kNewStruct:
    case Opcode::kNewStructDef:
      return x <= 1;
    case Opcode::kSetPath:
    case Opcode::kTakePath:
      return x <= static_cast<int64_t>(PathRoot::kGlobal);
    default:
      return true;
  }
}

// Each check returns false after Fail, which keeps the first complaint.
class FunctionVerifier {
 public:
  FunctionVerifier(const Module& module, const FunctionProto& function,
                   const ConstantVerifier& constants, const std::vector<CaptureNeeds>& needs)
      : module_(module),
        function_(function),
        code_(function.code),
        constants_(constants),
        needs_(needs) {}

  absl::Status Verify() {
    const bool ok = CheckFrame() && CheckConstants() && CheckPaths() && CheckTemplates() &&
                    FindStarts() && CheckHandlers() && CheckCode();
    return ok ? absl::OkStatus() : absl::InvalidArgumentError(complaint_);
  }

 private:
  template <typename... Parts>
  bool Fail(const Parts&... parts) {
    complaint_ = absl::StrCat(parts...);
    return false;
  }

  bool CheckFrame() {
    if (!IsValidUtf8(function_.name)) return Fail("the name is not valid UTF-8");
    for (const std::string& name : function_.parameter_names) {
      if (!IsValidUtf8(name)) return Fail("a parameter's name is not valid UTF-8");
    }
    if (function_.register_count > kMaxRegisters) {
      return Fail("a frame of ", function_.register_count, " registers is too large");
    }
    const uint64_t hidden = function_.implicit_fields ? 1 : 0;
    const uint64_t needed = hidden + function_.parameter_count;
    if (needed > function_.register_count) {
      return Fail(needed, " parameters do not fit ", function_.register_count, " registers");
    }
    if (function_.has_self && function_.parameter_count == 0) return Fail("no parameter is self");
    return true;
  }

  bool CheckConstants() {
    for (size_t i = 0; i < function_.constants.size(); ++i) {
      if (!constants_.IsValid(function_.constants[i])) return Fail("constant ", i, " is malformed");
    }
    return true;
  }

  bool CheckPaths() {
    index_steps_.reserve(function_.paths.size());
    for (size_t i = 0; i < function_.paths.size(); ++i) {
      uint32_t index_steps = 0;
      for (const PathStep& step : function_.paths[i].steps) {
        if (!step.is_field) {
          ++index_steps;
        } else if (!IsString(step.name)) {
          return Fail("path ", i, " has a field without a name");
        }
      }
      index_steps_.push_back(index_steps);
    }
    return true;
  }

  // Names differ within a literal and within a declaration, and defaults belong to declared fields.
  bool CheckTemplates() {
    absl::flat_hash_set<std::string_view> fields;
    drops_fields_.assign(function_.templates.size(), false);
    for (size_t i = 0; i < function_.templates.size(); ++i) {
      const StructTemplate& shape = function_.templates[i];
      if (!IsString(shape.name)) return Fail("template ", i, " has no name");
      fields.clear();
      for (const uint32_t field : shape.fields) {
        if (field == kDropped) {
          drops_fields_[i] = true;
        } else if (!IsString(field)) {
          return Fail("template ", i, " has a field without a name");
        } else if (!fields.insert(StringAt(field)).second) {
          return Fail("template ", i, " has field ", StringAt(field), " twice");
        }
      }
      for (const uint32_t method : shape.methods) {
        if (!IsString(method)) return Fail("template ", i, " has a method without a name");
      }
      for (const uint32_t field : shape.default_fields) {
        if (!IsString(field) || !fields.contains(StringAt(field))) {
          return Fail("template ", i, " has a default for a field that is not declared");
        }
      }
    }
    return true;
  }

  // Splits the code into instructions and the words that follow them.
  bool FindStarts() {
    if (code_.empty()) return Fail("no code");
    if (code_.size() > INT32_MAX) return Fail("too much code");
    starts_.assign(code_.size(), false);
    for (size_t pc = 0; pc < code_.size();) {
      if (!IsOpcode(code_[pc])) return Fail("pc ", pc, ": ", code_[pc] & 0xff, " is no opcode");
      starts_[pc] = true;
      last_ = pc;
      pc += InfoOf(OpcodeOf(code_[pc])).size();
      if (pc > code_.size()) return Fail("the code ends before the word of its last instruction");
    }
    if (FallsThrough(OpcodeOf(code_[last_]))) return Fail("the code falls off its end");
    return true;
  }

  bool CheckHandlers() {
    for (size_t i = 0; i < function_.handlers.size(); ++i) {
      const Handler& handler = function_.handlers[i];
      if (!IsStart(handler.begin) || !IsStart(handler.end) || !IsStart(handler.target)) {
        return Fail("handler ", i, " does not consist of whole instructions");
      }
      if (handler.begin > handler.end || handler.end > handler.target) {
        return Fail("handler ", i, " does not lead forwards");
      }
      if (handler.reg >= function_.register_count) {
        return Fail("handler ", i, ": ", RegisterComplaint(handler.reg));
      }
    }
    return true;
  }

  bool CheckCode() {
    for (uint32_t pc = 0; pc < code_.size(); pc += InfoOf(OpcodeOf(code_[pc])).size()) {
      if (CheckInstruction(pc)) continue;
      complaint_ =
          absl::StrCat("pc ", pc, ", ", InfoOf(OpcodeOf(code_[pc])).name, ": ", complaint_);
      return false;
    }
    return true;
  }

  bool CheckInstruction(uint32_t pc) {
    const Instruction i = code_[pc];
    const OpcodeInfo& info = InfoOf(OpcodeOf(i));
    const Operands operands = DecodeOperands(i);
    if (!CheckEncoding(i, info)) return false;
    if (!IsMeaningfulX(OpcodeOf(i), operands)) return Fail("x = ", operands.x, " has no meaning");
    return CheckOperand(pc, info.a, operands.a) && CheckOperand(pc, info.b, operands.b) &&
           CheckOperand(pc, info.c, operands.c) && CheckSpecial(pc, i, operands);
  }

  // Unused operands are 0, scaled ones are multiples of the scale.
  bool CheckEncoding(Instruction i, const OpcodeInfo& info) {
    const auto check = [&](OperandKind kind, uint32_t raw) {
      if (kind == OperandKind::kUnused && raw != 0) return Fail("an unused operand is not 0");
      if ((IsRegister(kind) || kind == OperandKind::kConstant) && raw % kOperandScale != 0) {
        return Fail("an operand is not scaled");
      }
      return true;
    };
    if (!check(info.x, OperandX(i)) || !check(info.a, OperandA(i))) return false;
    if (info.is_wide()) return true;
    return check(info.b, OperandB(i)) && check(info.c, OperandC(i));
  }

  bool CheckOperand(uint32_t pc, OperandKind kind, int64_t value) {
    const Instruction i = code_[pc];
    const Opcode op = OpcodeOf(i);
    const auto index = static_cast<uint64_t>(value);
    switch (kind) {
      case OperandKind::kUnused:
      case OperandKind::kImmediate:
      case OperandKind::kCount:
      case OperandKind::kKind:
        return true;
      case OperandKind::kRead:
      case OperandKind::kWritten:
      case OperandKind::kTaken:
      case OperandKind::kUpdated:
        return CheckRegisters(index, 1);
      case OperandKind::kWindow:
        return CheckRegisters(index, WindowSize(i, function_));
      case OperandKind::kConstant:
        return CheckConstant(pc, index);
      case OperandKind::kSlot:
        return index < module_.globals.size() || Fail("no global slot ", index);
      case OperandKind::kCaptured:
        return index < function_.captures.size() || Fail("no captured variable ", index);
      case OperandKind::kJump:
      case OperandKind::kJumpBack:
        return CheckJump(pc, kind);
      case OperandKind::kFunction:
        return CheckClosure(index);
      case OperandKind::kTemplate:
        if (index >= function_.templates.size()) return Fail("no template ", index);
        if (op == Opcode::kNewStructDef && drops_fields_[index]) {
          return Fail("template ", index, " is not a declaration");
        }
        return true;
    }
    return Fail("unknown operand");
  }

  bool CheckConstant(uint32_t pc, uint64_t index) {
    const Opcode op = OpcodeOf(code_[pc]);
    if (index == kFarNameOperand && !InfoOf(op).is_wide()) {
      if (!IsStart(int64_t{pc} - 1) || OpcodeOf(code_[pc - 1]) != Opcode::kFarName) {
        return Fail("no FarName stands before it");
      }
      index = static_cast<uint64_t>(DecodeOperands(code_[pc - 1]).b);
    }
    if (index >= function_.constants.size()) return Fail("no constant ", index);
    return constants_.Fits(function_.constants[index], RoleOf(op)) ||
           Fail("constant ", index, " is of the wrong kind");
  }

  bool CheckJump(uint32_t pc, OperandKind kind) {
    const OpcodeInfo& info = InfoOf(OpcodeOf(code_[pc]));
    const int64_t target = JumpTarget(pc, code_[pc]);
    const bool is_backwards = target <= pc;
    if (!IsStart(target)) return Fail("jumps to ", target, ", which is no instruction");
    if (kind == OperandKind::kJumpBack && !is_backwards) return Fail("jumps forwards");
    if (is_backwards && !info.Has(kUsesFuel)) return Fail("jumps backwards without using fuel");
    return true;
  }

  bool CheckClosure(uint64_t index) {
    if (index >= module_.functions.size()) return Fail("no function ", index);
    if (needs_[index].registers > function_.register_count ||
        needs_[index].captured > function_.captures.size()) {
      return Fail("function ", index, " captures what this frame does not have");
    }
    return true;
  }

  // What the kinds of the operands do not say.
  bool CheckSpecial(uint32_t pc, Instruction i, const Operands& operands) {
    const Opcode op = OpcodeOf(i);
    switch (op) {
      case Opcode::kGetFar:
      case Opcode::kTakeFar:
      case Opcode::kSetFar:
        return CheckRegisters(operands.b, 1);
      case Opcode::kNewArray:
      case Opcode::kNewDict:
        // Elements of a literal take at least one instruction each: more room is no honest wish.
        return operands.b <= static_cast<int64_t>(code_.size()) || Fail("room for too many");
      case Opcode::kRangePrep:
        if (!IsPartOfLoop(pc + 1, Opcode::kForPrep, operands.a)) return Fail("no ForPrep follows");
        [[fallthrough]];
      case Opcode::kForPrep:
        return IsPartOfLoop(JumpTarget(pc, i), Opcode::kForNext, operands.a) ||
               Fail("does not jump to the ForNext of its loop");
      case Opcode::kCallMethod:
      case Opcode::kCallMethodPacked:
        return IsStart(pc + 2 + operands.c) || Fail("skips to the middle of an instruction");
      case Opcode::kNewStruct:
        return operands.x == 0 || CheckDefaults(pc + 2, operands.a);
      case Opcode::kSetPath:
      case Opcode::kTakePath:
        return CheckPlace(i, code_[pc + 1], operands);
      case Opcode::kCallFar:
      case Opcode::kCallGlobalFar:
      case Opcode::kCallMethodFar:
        return Fail("only the linker makes it");
      case Opcode::kYield:
        return function_.is_generator || Fail("not in a generator");
      case Opcode::kReturnSelf:
      case Opcode::kMarkSelf:
        return (function_.changes_self && function_.register_count > 0) ||
               Fail("not in a method that changes self");
      default:
        return true;
    }
  }

  bool IsPartOfLoop(int64_t pc, Opcode op, int64_t window) const {
    return IsStart(pc) && OpcodeOf(code_[pc]) == op && DecodeOperands(code_[pc]).a == window;
  }

  // NextDefault, Call, SetDefault, Loop: what NewStruct skips when no default is missing.
  bool CheckDefaults(uint32_t pc, int64_t window) {
    constexpr Opcode kSequence[] = {Opcode::kNextDefault, Opcode::kCall, Opcode::kSetDefault,
                                    Opcode::kLoop};
    for (const Opcode op : kSequence) {
      if (!IsStart(pc) || OpcodeOf(code_[pc]) != op) return Fail("its defaults do not follow");
      const Operands operands = DecodeOperands(code_[pc]);
      const int64_t expected = op == Opcode::kLoop ? 0 : op == Opcode::kCall ? window + 1 : window;
      if (operands.a != expected) return Fail("its defaults are those of another window");
      ++pc;
    }
    return IsStart(pc) || Fail("nothing follows its defaults");
  }

  bool CheckPlace(Instruction i, uint64_t word, const Operands& operands) {
    const auto path = static_cast<uint32_t>(word);
    const auto root = static_cast<uint32_t>(word >> 32);
    if (path >= index_steps_.size()) return Fail("no path ", path);
    if (!CheckRegisters(operands.a, index_steps_[path])) return false;
    switch (static_cast<PathRoot>(OperandX(i))) {
      case PathRoot::kRegister:
      case PathRoot::kCell:
        return CheckRegisters(root, 1);
      case PathRoot::kCaptured:
        return root < function_.captures.size() || Fail("no captured variable ", root);
      case PathRoot::kGlobal:
        return root < module_.globals.size() || Fail("no global slot ", root);
    }
    return Fail("no root");
  }

  bool CheckRegisters(uint64_t first, uint64_t count) {
    if (first + count <= function_.register_count) return true;
    return Fail(RegisterComplaint(first + count - 1));
  }

  std::string RegisterComplaint(uint64_t number) const {
    return absl::StrCat("register ", number, " is outside of the frame of ",
                        function_.register_count);
  }

  bool IsStart(int64_t pc) const {
    return pc >= 0 && pc < static_cast<int64_t>(starts_.size()) && starts_[pc];
  }

  bool IsString(uint32_t constant) const {
    return constant < function_.constants.size() &&
           function_.constants[constant].kind == Constant::Kind::kString;
  }

  // `constant` must be a string.
  std::string_view StringAt(uint32_t constant) const {
    return module_.strings[function_.constants[constant].index];
  }

  const Module& module_;
  const FunctionProto& function_;
  const std::vector<Instruction>& code_;
  const ConstantVerifier& constants_;
  const std::vector<CaptureNeeds>& needs_;

  std::vector<bool> starts_;           // by pc: an instruction begins here
  size_t last_ = 0;                    // where the last one begins
  std::vector<uint32_t> index_steps_;  // by path: number of index registers
  std::vector<bool> drops_fields_;     // by template
  std::string complaint_;
};

}  // namespace

absl::Status FindCaptureNeeds(const FunctionProto& function, CaptureNeeds* needs) {
  for (const Capture& capture : function.captures) {
    const uint64_t end = uint64_t{capture.index} + 1;
    switch (capture.from) {
      case Capture::From::kCellRegister:
      case Capture::From::kCopyRegister:
      case Capture::From::kCopyCell:
        needs->registers = std::max(needs->registers, end);
        continue;
      case Capture::From::kCaptured:
      case Capture::From::kCopyCaptured:
        needs->captured = std::max(needs->captured, end);
        continue;
    }
    return absl::InvalidArgumentError("a capture comes from nowhere");
  }
  return absl::OkStatus();
}

absl::Status VerifyFunction(const Module& module, const FunctionProto& function,
                            const ConstantVerifier& constants,
                            const std::vector<CaptureNeeds>& needs) {
  return FunctionVerifier(module, function, constants, needs).Verify();
}

}  // namespace ruff
