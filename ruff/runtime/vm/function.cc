#include "ruff/runtime/vm/function.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/value/deep_copy.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/vm/generator.h"
#include "ruff/runtime/vm/link.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

Function* NewFunction(CodeBlock* code) {
  const size_t captures = code->proto->captures.size();
  auto* function = NewObject<Function>(Kind::kFunction, captures * sizeof(Cell*));
  function->code = code;
  function->entry = code->code;
  function->plain_arity = code->plain_arity;
  function->capture_count = static_cast<uint32_t>(captures);
  if (captures == 0) function->header.aux = kCycleFree;
  std::fill_n(function->captures, captures, nullptr);
  return function;
}

Generator* NewGenerator(Function* borrowed_function, Value* arguments, uint32_t count) {
  const CodeBlock* code = borrowed_function->code;
  auto* generator =
      NewObject<Generator>(code->module->is_prelude() ? Kind::kIterator : Kind::kGenerator);
  generator->function = RetainObject(borrowed_function);
  generator->pc = code->code;
  generator->registers =
      static_cast<Value*>(Heap::Current()->AllocateBuffer(code->register_count * sizeof(Value)));
  for (uint32_t i = 0; i < count; ++i) {
    generator->registers[i] = std::exchange(arguments[i], Value::Null());
  }
  std::fill(generator->registers + count, generator->registers + code->register_count,
            Value::Null());
  generator->set_state(Generator::kSuspended);
  return generator;
}

namespace {

void VisitFunction(Object* object, ChildVisitor& visitor) {
  auto* function = reinterpret_cast<Function*>(object);
  for (uint32_t i = 0; i < function->capture_count; ++i) visitor.VisitObject(function->captures[i]);
}
size_t DisposeFunction(Object* object) {
  return sizeof(Function) + reinterpret_cast<Function*>(object)->capture_count * sizeof(Cell*);
}
bool FunctionMayCycle(const Object* object) {
  return reinterpret_cast<const Function*>(object)->capture_count != 0;
}
Object* CopyFunction(const Object* object, Copier& copier) {
  const auto* from = reinterpret_cast<const Function*>(object);
  CodeBlock* code = copier.CodeFor(from);
  if (code == nullptr) return nullptr;
  Function* to = NewFunction(code);
  for (uint64_t i = 0; i < from->capture_count; ++i) {
    copier.CopyObject(from->captures[i], &to->captures[i]);
  }
  return &to->header;
}
void FormatFunction(const Object* object, Form form, FormatParts& parts) {
  const CodeBlock* code = reinterpret_cast<const Function*>(object)->code;
  const FunctionProto* proto = code->proto;
  const bool names_kind = form == Form::kDiagnostic || form == Form::kDebug;
  if (code->native != nullptr) {
    parts.Text(names_kind ? absl::StrCat("NativeFunction(", code->native->name, ")")
                          : absl::StrCat("<native function: ", code->native->name, ">"));
    return;
  }
  if (names_kind) {
    parts.Text("Function");
    return;
  }
  if (form == Form::kEcho) {
    std::string text = "<function(";
    for (size_t i = 0; i < proto->parameter_names.size(); ++i) {
      absl::StrAppend(&text, i == 0 ? "" : ", ", proto->parameter_names[i]);
    }
    parts.Text(text + ")>");
    return;
  }
  const std::string name = proto->is_lambda ? "" : absl::StrCat(" ", proto->name);
  if (proto->is_generator) {
    parts.Text(absl::StrCat("<generator function with ", code->parameter_count, " params>"));
  } else if (proto->is_async) {
    parts.Text(absl::StrCat("<async function", name, ">"));
  } else {
    parts.Text(absl::StrCat("<function", name, ">"));
  }
}

void VisitGenerator(Object* object, ChildVisitor& visitor) {
  auto* generator = reinterpret_cast<Generator*>(object);
  if (generator->registers != nullptr && generator->state() == Generator::kSuspended) {
    visitor.VisitValues(generator->registers, generator->function->code->register_count);
  }
  visitor.VisitObject(generator->function);
}
// The registers' size outlives the function only in its code block, which the module owns.
void GeneratorDying(Object* object) {
  auto* generator = reinterpret_cast<Generator*>(object);
  generator->pc = reinterpret_cast<const Instruction*>(generator->function->code);
}
size_t DisposeGenerator(Object* object) {
  auto* generator = reinterpret_cast<Generator*>(object);
  const auto* code = reinterpret_cast<const CodeBlock*>(generator->pc);
  Heap::Current()->FreeBuffer(generator->registers, generator->registers == nullptr
                                                        ? 0
                                                        : code->register_count * sizeof(Value));
  return sizeof(Generator);
}
void FormatGenerator(const Object* object, Form, FormatParts& parts) {
  const auto* generator = reinterpret_cast<const Generator*>(object);
  if (object->kind == Kind::kIterator) {
    parts.Text("<iterator>");
    return;
  }
  parts.Text(absl::StrCat(
      generator->state() == Generator::kFinished ? "<exhausted generator (" : "<generator (",
      generator->function->code->parameter_count, " params)>"));
}

const KindRegistration kFunctionKind(Kind::kFunction, {.visit = VisitFunction,
                                                       .dispose = DisposeFunction,
                                                       .may_cycle = FunctionMayCycle,
                                                       .format = FormatFunction,
                                                       .copy = CopyFunction});
const KindOps kGeneratorOps{.visit = VisitGenerator,
                            .dispose = DisposeGenerator,
                            .dying = GeneratorDying,
                            .format = FormatGenerator};
const KindRegistration kGeneratorKind(Kind::kGenerator, kGeneratorOps);
const KindRegistration kIteratorKind(Kind::kIterator, kGeneratorOps);

}  // namespace
}  // namespace ruff
