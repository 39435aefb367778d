#include "ruff/async/core/task.h"

#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/vm/function.h"

namespace ruff {
namespace {

void VisitTask(Object* object, ChildVisitor& visitor) {
  auto* task = reinterpret_cast<Task*>(object);
  visitor.VisitObject(task->promise);
  visitor.VisitObject(task->function);
}

size_t DisposeTask(Object*) { return sizeof(Task); }

void FormatTask(const Object* object, Form form, FormatParts& parts) {
  const Promise* promise = reinterpret_cast<const Task*>(object)->promise;
  const bool debug = form == Form::kDebug;
  if (promise->Has(Promise::kCancelled)) {
    parts.Text(debug ? "TaskHandle(Cancelled)" : "<task cancelled>");
  } else if (promise->pending()) {
    parts.Text(debug ? "TaskHandle(Running)" : "<task running>");
  } else {
    parts.Text(debug ? "TaskHandle(Finished)" : "<task finished>");
  }
}

const KindRegistration kTaskKind(Kind::kTask, {.visit = VisitTask,
                                               .dispose = DisposeTask,
                                               .format = FormatTask});

}  // namespace

Task* NewTask(Function* owned_function) {
  auto* task = NewObject<Task>(Kind::kTask);
  task->promise = NewPromise();
  task->promise->Set(Promise::kTask);
  task->promise->SetOrigin(Promise::kStart, task);
  task->function = owned_function;
  return task;
}

}  // namespace ruff
