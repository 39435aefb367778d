#include "ruff/runtime/value/handle.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"

namespace ruff {

struct Handle {
  Object header;
  HandleState* state;  // owned
};

namespace {

const Handle* HandleOf(const Object* object) { return reinterpret_cast<const Handle*>(object); }

size_t DisposeHandle(Object* object) {
  delete HandleOf(object)->state;
  return sizeof(Handle);
}

void VisitHandle(Object* object, ChildVisitor& visitor) { HandleOf(object)->state->Visit(visitor); }

bool HandlesEqual(const Object* a, const Object* b) {
  const HandleState* state = HandleOf(a)->state;
  const HandleState* other = HandleOf(b)->state;
  return state->type() == other->type() && state->Equals(*other);
}

uint64_t HashHandle(const Object* object) { return HandleOf(object)->state->Hash(); }

void FormatHandle(const Object* object, Form, FormatParts& parts) {
  parts.Text(HandleOf(object)->state->Text());
}

std::string_view HandleType(const Object* object) { return HandleOf(object)->state->type(); }

const KindRegistration kHandleKind(Kind::kHandle, {.visit = VisitHandle,
                                                   .dispose = DisposeHandle,
                                                   .format = FormatHandle,
                                                   .equals = HandlesEqual,
                                                   .hash = HashHandle,
                                                   .type_name = HandleType});

}  // namespace

std::string HandleState::Text() const { return absl::StrCat("<", type(), ">"); }

Value HandleState::Field(std::string_view) const { return Value::Unset(); }

Value NewHandle(std::unique_ptr<HandleState> state) {
  auto* handle = NewObject<Handle>(Kind::kHandle);
  handle->state = state.release();
  return Value::Heap(handle);
}

HandleState* StateOf(Value handle) { return handle.As<Handle>()->state; }

}  // namespace ruff
