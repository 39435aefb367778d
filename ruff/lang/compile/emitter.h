// Writes the code of one function: instructions, labels, positions, handlers.
//
// Operands are given as plain numbers and scaled as opcode.def says. Jumps go to labels. The jumps
// fused with a comparison hold only 16 bits; those that turn out to be longer are rewritten at the
// end:
//
//   JumpIfLt a, b, far            JumpIfLt a, b, +1
//   …                      =>     Jump +1
//                                 Jump far (or Loop far)
//
// After an instruction that does not fall through, nothing is written until a label is bound that
// some jump refers to: code that cannot be reached is dropped.

#ifndef RUFF_LANG_COMPILE_EMITTER_H_
#define RUFF_LANG_COMPILE_EMITTER_H_

#include <cstdint>
#include <vector>

#include "ruff/base/bulk_vector.h"
#include "ruff/lang/bytecode/module.h"
#include "ruff/lang/bytecode/operand.h"
#include "ruff/lang/compile/constant_pool.h"

namespace ruff {

enum class Label : uint32_t {};

class Emitter {
 public:
  // Source offset of the instructions that follow.
  void SetPosition(uint32_t offset) { position_ = offset; }
  uint32_t position() const { return position_; }

  bool is_reachable() const { return is_reachable_; }
  // Writes nothing from now on: the function cannot be compiled.
  void Stop() {
    is_stopped_ = true;
    is_reachable_ = false;
  }
  uint32_t pc() const { return static_cast<uint32_t>(code_.size()); }

  // b stands for d in instructions of format AD.
  void Emit(Opcode op, int64_t a = 0, int64_t b = 0, int64_t c = 0, int64_t x = 0);
  // With the word that follows.
  void EmitWord(Opcode op, uint64_t word, int64_t a = 0, int64_t b = 0, int64_t c = 0,
                int64_t x = 0);
  // Of format AD, with a constant as d.
  void EmitConstant(Opcode op, int64_t a, FunctionConstants::Ref ref, int64_t x = 0);

  Label NewLabel();
  void Bind(Label label);
  // Binds a label that only jumps backwards refer to: the body of a loop that is entered at its
  // end.
  void BindLoopHead(Label label, bool is_reachable);
  bool is_bound(Label label) const { return labels_[static_cast<uint32_t>(label)].pc != kUnbound; }
  // The operand that opcode.def calls jump or back is left out.
  void Jump(Opcode op, Label label, int64_t a = 0, int64_t b = 0, int64_t x = 0);
  // Jump or Loop.
  void Goto(Label label) { Jump(is_bound(label) ? Opcode::kLoop : Opcode::kJump, label); }

  // Errors in [begin, end) go to `target`, which is bound next, with the error in `reg`.
  void AddHandler(uint32_t begin, uint32_t end, Label target, uint32_t reg);

  // What has been written since the CallMethod at `call_pc` stores its receiver back.
  void EndStoreBack(uint32_t call_pc);

  // Moves everything into `function`, with the constants resolved.
  void Finish(const FunctionConstants& constants, FunctionProto* function);

 private:
  static constexpr uint32_t kUnbound = 0xffffffff;

  struct LabelState {
    uint32_t pc = kUnbound;
    bool is_used = false;
  };
  struct Position {
    uint32_t pc;
    uint32_t offset;
  };
  struct JumpSite {
    uint32_t pc;
    Label label;
    bool is_long = false;  // expanded
  };

  // Where the code goes that was written at a pc, once jumps have been expanded.
  class Placement {
   public:
    uint32_t operator[](uint32_t pc) const { return new_pc_.empty() ? pc : new_pc_[pc]; }
    bool is_identity() const { return new_pc_.empty(); }

   private:
    friend class Emitter;
    std::vector<uint32_t> new_pc_;
  };

  void Append(Instruction i, const OpcodeInfo& info);
  bool MarkLongJumps(const Placement& placement);
  Placement Place();
  void Expand(const Placement& placement);
  void PatchJumps(const Placement& placement);
  uint32_t TargetOf(const JumpSite& site) const {
    return labels_[static_cast<uint32_t>(site.label)].pc;
  }

  std::vector<Instruction> code_;
  BulkVector<LabelState> labels_;
  BulkVector<JumpSite> jumps_;
  BulkVector<uint32_t> far_constants_;  // instructions whose d is a FunctionConstants::Ref
  std::vector<Handler> handlers_;       // target: a label
  BulkVector<Position> positions_;
  uint32_t position_ = 0;
  bool is_reachable_ = true;
  bool is_stopped_ = false;
};

}  // namespace ruff

#endif  // RUFF_LANG_COMPILE_EMITTER_H_
