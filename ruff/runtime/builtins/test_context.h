// Calls builtins by name in tests, as the VM would.

#ifndef RUFF_RUNTIME_BUILTINS_TEST_CONTEXT_H_
#define RUFF_RUNTIME_BUILTINS_TEST_CONTEXT_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "ruff/runtime/builtins/output.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// Short names for values.
inline Ref Null() { return Ref(Value::Null()); }
inline Ref B(bool b) { return Ref(Value::Bool(b)); }
inline Ref I(int64_t i) { return Ref(Value::Int(i)); }
inline Ref F(double d) { return Ref(Value::Float(d)); }
inline Ref S(std::string_view text) { return Ref(NewString(text)); }
inline Ref A(std::vector<Ref> elements) {
  Array* a = NewArray();
  for (Ref& element : elements) ArrayPush(a, element.Take());
  return Ref(a);
}
inline Ref D(std::vector<std::pair<std::string, Ref>> entries) {
  Dict* d = NewDict();
  for (auto& [key, value] : entries) {
    const Ref k = S(key);
    DictSet(d, k.get(), value.Take());
  }
  return Ref(d);
}

class TestContext : public NativeContext, private Output {
 public:
  TestContext() { set_output(this); }

  // The result of the call, null when it failed. Arguments are borrowed.
  Ref Call(std::string_view name, std::vector<Ref> args);
  // The same with the arguments handed over, as a register's last use does.
  Ref CallMoving(std::string_view name, std::vector<Ref>* args);

  // The diagnostic form of the result, or "error: " and the message.
  std::string Try(std::string_view name, std::vector<Ref> args);

  const std::string& failure() const { return failure_; }
  std::string TakeOutput() { return std::exchange(output_text_, {}); }
  std::string TakeErrors() { return std::exchange(error_text_, {}); }

 private:
  void Write(std::string_view text) override { output_text_ += text; }
  void WriteError(std::string_view text) override { error_text_ += text; }
  void Flush() override {}

  std::string output_text_;
  std::string error_text_;
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_TEST_CONTEXT_H_
