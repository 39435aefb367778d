#include "ruff/lang/compile/emitter.h"

#include <utility>

#include "ruff/base/check.h"

namespace ruff {
namespace {

uint16_t Encode(OperandKind kind, int64_t value) {
  if (IsRegister(kind) || kind == OperandKind::kConstant) {
    RUFF_CHECK(value >= 0 && value < kMaxNearOperand);
    return Scaled(static_cast<uint32_t>(value));
  }
  return static_cast<uint16_t>(value);
}

bool HasShortJump(const OpcodeInfo& info) { return !info.is_wide(); }

bool Fits16(int64_t distance) { return distance >= INT16_MIN && distance <= INT16_MAX; }

}  // namespace

void Emitter::Append(Instruction i, const OpcodeInfo& info) {
  if (info.Has(kCanThrow) || info.Has(kCanSuspend)) {
    if (positions_.empty() || positions_.back().offset != position_) {
      positions_.push_back({pc(), position_});
    }
  }
  code_.push_back(i);
  is_reachable_ = FallsThrough(OpcodeOf(i));
}

void Emitter::Emit(Opcode op, int64_t a, int64_t b, int64_t c, int64_t x) {
  if (!is_reachable_) return;
  const OpcodeInfo& info = InfoOf(op);
  RUFF_DCHECK(x >= 0 && x <= UINT8_MAX);
  const uint8_t x8 = static_cast<uint8_t>(x);
  if (info.is_wide()) {
    Append(MakeAd(op, x8, Encode(info.a, a), static_cast<int32_t>(b)), info);
  } else {
    Append(MakeAbc(op, x8, Encode(info.a, a), Encode(info.b, b), Encode(info.c, c)), info);
  }
}

void Emitter::EmitWord(Opcode op, uint64_t word, int64_t a, int64_t b, int64_t c, int64_t x) {
  if (!is_reachable_) return;
  Emit(op, a, b, c, x);
  code_.push_back(word);
}

void Emitter::EmitConstant(Opcode op, int64_t a, FunctionConstants::Ref ref, int64_t x) {
  if (!is_reachable_) return;
  if (ref & FunctionConstants::kFarBit) far_constants_.push_back(pc());
  Emit(op, a, ref, 0, x);
}

Label Emitter::NewLabel() {
  labels_.push_back({});
  return Label{static_cast<uint32_t>(labels_.size() - 1)};
}

void Emitter::Bind(Label label) {
  LabelState& state = labels_[static_cast<uint32_t>(label)];
  state.pc = pc();
  is_reachable_ = !is_stopped_ && (is_reachable_ || state.is_used);
}

void Emitter::BindLoopHead(Label label, bool is_reachable) {
  labels_[static_cast<uint32_t>(label)].pc = pc();
  is_reachable_ = is_reachable && !is_stopped_;
}

void Emitter::Jump(Opcode op, Label label, int64_t a, int64_t b, int64_t x) {
  if (!is_reachable_) return;
  labels_[static_cast<uint32_t>(label)].is_used = true;
  jumps_.push_back({pc(), label});
  Emit(op, a, b, 0, x);
}

void Emitter::AddHandler(uint32_t begin, uint32_t end, Label target, uint32_t reg) {
  labels_[static_cast<uint32_t>(target)].is_used = true;
  handlers_.push_back({begin, end, static_cast<uint32_t>(target), reg});
}

void Emitter::EndStoreBack(uint32_t call_pc) {
  if (!is_reachable_) return;
  code_[call_pc] |= static_cast<uint64_t>(pc() - call_pc - 2) << 48;
}

// Expanding jumps lengthens others, so it is repeated; the number of rounds is small, since a round
// is needed only when some jump crosses the limit.
Emitter::Placement Emitter::Place() {
  Placement placement;
  while (MarkLongJumps(placement)) {
    placement.new_pc_.resize(code_.size() + 1);
    uint32_t shift = 0;
    size_t next = 0;
    for (uint32_t pc = 0; pc <= code_.size(); ++pc) {
      placement.new_pc_[pc] = pc + shift;
      if (next < jumps_.size() && jumps_[next].pc == pc) {
        if (jumps_[next].is_long) shift += 2;
        ++next;
      }
    }
  }
  return placement;
}

// Whether there are any that were not marked before.
bool Emitter::MarkLongJumps(const Placement& placement) {
  bool has_changed = false;
  for (JumpSite& site : jumps_) {
    if (site.is_long || !HasShortJump(InfoOf(OpcodeOf(code_[site.pc])))) continue;
    if (Fits16(int64_t{placement[TargetOf(site)]} - placement[site.pc] - 1)) continue;
    site.is_long = true;
    has_changed = true;
  }
  return has_changed;
}

void Emitter::Expand(const Placement& placement) {
  std::vector<Instruction> code(placement.new_pc_.back());
  for (uint32_t pc = 0; pc < code_.size(); ++pc) code[placement[pc]] = code_[pc];
  code_ = std::move(code);
}

void Emitter::PatchJumps(const Placement& placement) {
  for (const JumpSite& site : jumps_) {
    const uint32_t pc = placement[site.pc];
    const uint32_t target = placement[TargetOf(site)];
    const OpcodeInfo& info = InfoOf(OpcodeOf(code_[pc]));
    const int64_t distance = int64_t{target} - pc - 1;
    if (info.is_wide()) {
      code_[pc] |= static_cast<uint64_t>(static_cast<uint32_t>(distance)) << 32;
    } else if (!site.is_long) {
      code_[pc] |= static_cast<uint64_t>(static_cast<uint16_t>(distance)) << 48;
    } else {
      code_[pc] |= uint64_t{1} << 48;
      code_[pc + 1] = MakeAd(Opcode::kJump, 0, 0, 1);
      code_[pc + 2] = MakeAd(target <= pc ? Opcode::kLoop : Opcode::kJump, 0, 0,
                             static_cast<int32_t>(int64_t{target} - pc - 3));
    }
  }
}

void Emitter::Finish(const FunctionConstants& constants, FunctionProto* function) {
  for (const uint32_t pc : far_constants_) {
    const Instruction i = code_[pc];
    const uint32_t index = constants.Resolve(static_cast<uint32_t>(OperandD(i)));
    code_[pc] = MakeAd(OpcodeOf(i), OperandX(i), OperandA(i), static_cast<int32_t>(index));
  }
  const Placement placement = Place();
  if (!placement.is_identity()) Expand(placement);
  PatchJumps(placement);
  for (const Handler& handler : handlers_) {
    const uint32_t target = labels_[handler.target].pc;
    function->handlers.push_back(
        {placement[handler.begin], placement[handler.end], placement[target], handler.reg});
  }
  for (const Position& position : positions_) {
    function->positions.Add(placement[position.pc], position.offset);
  }
  // In a large block, room that was never touched costs nothing, and moving to a smaller one does.
  constexpr size_t kLarge = 1 << 16;
  if (code_.size() < kLarge) code_.shrink_to_fit();
  function->code = std::move(code_);
}

}  // namespace ruff
