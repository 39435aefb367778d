// Handles: what a program holds of something that is no value of the language (an image, an
// archive, a connection). All copies of a handle mean the same thing; it ends with the last of
// them. A handle does not leave its heap.
//
// Methods are hidden builtins named "TYPE.method" (NativeFunction::kHidden).

#ifndef RUFF_RUNTIME_VALUE_HANDLE_H_
#define RUFF_RUNTIME_VALUE_HANDLE_H_

#include <memory>
#include <string>
#include <string_view>

#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// The thing itself. A class derived from it has a `static constexpr std::string_view kType`, what
// type() answers, which no other class has.
class HandleState {
 public:
  virtual ~HandleState() = default;
  virtual std::string_view type() const = 0;
  // Its name in messages: "Image has no method 'x'".
  virtual std::string_view title() const = 0;
  // What print shows.
  virtual std::string Text() const;
  // The field `name`, owned; Unset when there is none.
  virtual Value Field(std::string_view name) const;
  // Whether things of this type have fields at all.
  virtual bool has_fields() const { return true; }
  // Shows the values that it owns (ChildVisitor); they are released before the destructor runs.
  virtual void Visit(ChildVisitor&) {}
  // Is it equal to another one of the same type?
  virtual bool Equals(const HandleState&) const { return false; }
  // Equal things have the same.
  virtual uint64_t Hash() const { return reinterpret_cast<uintptr_t>(this) >> 4; }
};

// A value that owns `state`.
Value NewHandle(std::unique_ptr<HandleState> state);

// The state of a value of kind kHandle, borrowed.
HandleState* StateOf(Value handle);

// The state of `value`, borrowed; null when it is not a handle of a T.
template <typename T>
T* StateAs(Value value) {
  if (!value.Is(Kind::kHandle)) return nullptr;
  HandleState* state = StateOf(value);
  return state->type() == T::kType ? static_cast<T*>(state) : nullptr;
}

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_HANDLE_H_
