#ifndef RUFF_RUNTIME_VALUE_REF_H_
#define RUFF_RUNTIME_VALUE_REF_H_

#include <utility>

#include "ruff/runtime/value/value.h"

namespace ruff {

// Owns one reference to a value, for code that is not hot.
class Ref {
 public:
  Ref() : value_(Value::Null()) {}
  // Takes over the caller's reference.
  explicit Ref(Value owned) : value_(owned) {}
  template <typename T>
  explicit Ref(T* owned) : value_(Value::Heap(owned)) {}
  Ref(const Ref& other) : value_(Retain(other.value_)) {}
  Ref(Ref&& other) noexcept : value_(std::exchange(other.value_, Value::Null())) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Ref() { Release(value_); }

  // A reference of its own to a borrowed value.
  static Ref Share(Value borrowed) { return Ref(Retain(borrowed)); }

  Value get() const { return value_; }
  template <typename T>
  T* As() const {
    return value_.As<T>();
  }
  // Hands the reference over to the caller.
  Value Take() { return std::exchange(value_, Value::Null()); }

 private:
  Value value_;
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_REF_H_
