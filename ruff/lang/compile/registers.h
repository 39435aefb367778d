// Registers of one function, handed out as a stack: parameters, then locals, then temporaries.

#ifndef RUFF_LANG_COMPILE_REGISTERS_H_
#define RUFF_LANG_COMPILE_REGISTERS_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "ruff/lang/bytecode/instruction.h"

namespace ruff {

class Registers {
 public:
  // Locals from this number on are far ones, to leave room for temporaries.
  static constexpr uint32_t kMaxNearLocals = 3500;
  // From this number on, nothing takes many registers at once any more.
  static constexpr uint32_t kCrowded = 2000;
  // From this number on, temporaries move to far registers while the next expression is evaluated.
  static constexpr uint32_t kFull = 3600;

  struct Mark {
    uint32_t top, locals_end, far_top;
  };

  Mark mark() const { return {top_, locals_end_, far_top_}; }
  // Frees everything allocated since `mark`.
  void Release(const Mark& mark) {
    top_ = mark.top;
    locals_end_ = mark.locals_end;
    far_top_ = mark.far_top;
  }

  uint32_t top() const { return top_; }
  uint32_t locals_end() const { return locals_end_; }
  bool is_crowded() const { return top_ > kCrowded; }
  // Frees temporaries.
  void SetTop(uint32_t top) { top_ = top; }
  // The first of `count` new neighbours. When registers run out, is_exhausted() is set and the
  // number is one that instructions can hold.
  uint32_t Allocate(uint32_t count = 1) {
    if (count >= kMaxNearOperand || top_ + count > kMaxNearOperand) {
      is_exhausted_ = true;
      return top_ = 0;
    }
    top_ += count;
    near_count_ = std::max(near_count_, top_);
    return top_ - count;
  }
  bool is_exhausted() const { return is_exhausted_; }

  // All registers allocated so far belong to locals.
  void KeepAsLocals() { locals_end_ = top_; }
  bool has_near_locals() const { return top_ < kMaxNearLocals; }
  // The first of `count` far neighbours.
  uint32_t AllocateFar(uint32_t count = 1) {
    far_top_ += count;
    far_count_ = std::max(far_count_, far_top_);
    return far_top_ - count;
  }
  // A register that holds no local and lies on top: it may be used freely until it gets its value.
  bool is_scratch(uint32_t reg) const { return reg + 1 == top_ && reg >= locals_end_; }

  // Registers [0, count) hold parameters.
  void StartWithParameters(uint32_t count) {
    top_ = locals_end_ = near_count_ = std::min(count, kMaxNearOperand);
    far_top_ = far_count_ = std::max(count, kMaxNearOperand);
  }
  // Parameters from `count` on have been moved to far registers.
  void ForgetNearFrom(uint32_t count) { top_ = locals_end_ = count; }

  uint32_t register_count() const {
    return far_count_ > kMaxNearOperand ? far_count_ : near_count_;
  }

 private:
  uint32_t top_ = 0;
  uint32_t locals_end_ = 0;
  uint32_t near_count_ = 0;
  uint32_t far_top_ = kMaxNearOperand;
  uint32_t far_count_ = kMaxNearOperand;
  bool is_exhausted_ = false;
};

}  // namespace ruff

#endif  // RUFF_LANG_COMPILE_REGISTERS_H_
