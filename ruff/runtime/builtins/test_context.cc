#include "ruff/runtime/builtins/test_context.h"

#include "ruff/base/check.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/value/format.h"

namespace ruff {

Ref TestContext::CallMoving(std::string_view name, std::vector<Ref>* args) {
  const NativeFunction* native = FindNative(name, NativeScope::kPrelude);
  RUFF_CHECK(native != nullptr && native->body != nullptr);
  failure_.clear();
  const auto count = static_cast<uint32_t>(args->size());
  const bool too_many = native->max_args != kVariadic && count > native->max_args;
  if (count < native->min_args || too_many) {
    Fail(ArityError(*native, count));
    return Null();
  }
  std::vector<Value> registers;
  for (Ref& arg : *args) registers.push_back(arg.Take());
  const Value result = native->body(*this, registers.data(), count);
  for (uint32_t i = 0; i < count; ++i) (*args)[i] = Ref(registers[i]);
  return result.Is(Kind::kUnset) ? Null() : Ref(result);
}

Ref TestContext::Call(std::string_view name, std::vector<Ref> args) {
  std::vector<Ref> registers = args;
  return CallMoving(name, &registers);
}

std::string TestContext::Try(std::string_view name, std::vector<Ref> args) {
  const Ref result = Call(name, std::move(args));
  return failure_.empty() ? FormatToString(result.get(), Form::kDebug) : "error: " + failure_;
}

}  // namespace ruff
