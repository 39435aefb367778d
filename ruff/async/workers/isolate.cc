#include "ruff/async/workers/isolate.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/async/core/rejection_log.h"
#include "ruff/base/check.h"
#include "ruff/lang/source/source_buffer.h"
#include "ruff/runtime/vm/function.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {
namespace {

// Copies values between heaps that agree on code.
class PlainCopier final : public Copier {
 public:
  CodeBlock* CodeFor(const Function* function) override { return function->code; }
};

}  // namespace

Returns::~Returns() {
  copier_.reset();
  HeapScope scope(&heap_);
  for (Value value : kept_) Release(value);
  for (const Parcel::Definition& definition : definitions_) ReleaseObject(definition.packed);
  heap_.CollectCycles();
}

Value Returns::Take(Value value) {
  if (!value.IsHeap()) return value;
  if (copier_ == nullptr) {
    copier_ = std::make_unique<PlainCopier>();
    for (const Parcel::Definition& definition : definitions_) {
      copier_->Assume(definition.packed, definition.original);
    }
  }
  Value copy;
  RUFF_CHECK(copier_->Run(value, &copy));
  return copy;
}

Isolate::Isolate(const Parcel& parcel, const IsolateOptions& options, Clock& clock,
                 std::atomic<bool>* interrupt)
    : parcel_(parcel),
      engine_(options.vm, options.entry_path),
      poller_(clock, interrupt),
      scheduler_(engine_.vm(), clock, poller_, *this, {.in_worker = true}),
      unpacker_(this) {
  engine_.vm().policy() = options.policy;
  engine_.vm().set_output(options.output);
  LinkFiles();
  unpacker_.Assume(parcel.definitions()[0].packed, engine_.vm().error_def());
  for (const Parcel::GlobalValue& global : parcel.globals()) {
    Value copy;
    RUFF_CHECK(unpacker_.Run(global.value, &copy));
    Value& place = files_[global.file]->globals()[global.slot];
    Release(std::exchange(place, copy));
  }
  Value function;
  RUFF_CHECK(unpacker_.Run(parcel.function(), &function));
  function_ = Ref(function);
}

Isolate::~Isolate() {
  RUFF_CHECK(sender_ == nullptr);  // Finish was called
}

void Isolate::LinkFiles() {
  for (const Parcel::File& file : parcel_.files()) {
    auto source = SourceBuffer::FromText(file.source_name, file.source_text);
    RUFF_CHECK(source.ok());
    auto module = std::make_unique<Module>(*file.module);
    auto buffer = std::make_unique<SourceBuffer>(*std::move(source));
    if (file.session_names.empty()) {
      files_.push_back(engine_.Link(std::move(module), std::move(buffer)));
    } else {
      if (session_ == nullptr) session_ = engine_.NewSession();
      for (const std::string& name : file.session_names) session_->Slot(name);
      files_.push_back(engine_.LinkInput(std::move(module), std::move(buffer), session_.get()));
    }
    originals_.emplace(files_.back(), file.original->code(0));
  }
}

CodeBlock* Isolate::Unpacker::CodeFor(const Function* function) {
  const CodeBlock* code = function->code;
  if (code->native != nullptr) return isolate_->engine_.Prelude(code->native->name)->code;
  LinkedModule* file = isolate_->files_[isolate_->parcel_.FileOf(code->module)];
  return file->code(static_cast<uint32_t>(code - code->module->code(0)));
}

// A prelude function has no code in the program that this thread could know.
CodeBlock* Isolate::Sender::CodeFor(const Function* function) {
  CodeBlock* code = function->code;
  const auto original = isolate_->originals_.find(code->module);
  return original == isolate_->originals_.end() ? nullptr
                                                : original->second + (code - code->module->code(0));
}

void Isolate::Sender::KeepDefinition(const StructDef* source) {
  isolate_->sent_definitions_.emplace_back(RetainObject(const_cast<StructDef*>(source)));
}

Isolate::End Isolate::Call(uint64_t i, Returns* returns, Value* out, std::string* error) {
  Vm& vm = engine_.vm();
  Value element;
  RUFF_CHECK(unpacker_.Run(ArrayGet(parcel_.elements(), i), &element));
  Value arguments[] = {Retain(function_.get()), element};
  const Outcome outcome = scheduler_.CallInWorker(engine_.Prelude("__apply"), arguments, 2);
  switch (outcome) {
    case Outcome::kFinished: {
      const Ref result(std::exchange(vm.result, Value::Null()));
      const bool failed =
          result.get().Is(Kind::kStruct) && result.As<Struct>()->shape->def() == vm.error_def();
      if (Send(result.get(), returns, out)) return failed ? End::kThrew : End::kReturned;
      *error = TransferError(sender_->failed(), absl::StrCat("result ", i));
      return End::kCannotReturn;
    }
    case Outcome::kFailed: {
      const Ref thrown(std::exchange(vm.error, Value::Null()));
      if (!Send(thrown.get(), returns, out)) {
        // What the error carries cannot leave; its message can.
        *error = ErrorMessage(thrown.get());
        return End::kCannotReturn;
      }
      return vm.fatal ? End::kFatal : End::kThrew;
    }
    default:
      return End::kExited;
  }
}

bool Isolate::Send(Value value, Returns* returns, Value* out) {
  if (!value.IsHeap()) {
    *out = value;
    return true;
  }
  HeapScope scope(&returns->heap_);
  if (sender_ == nullptr) sender_ = std::make_unique<Sender>(this);
  const bool sent = sender_->Run(value, out);
  sender_->Forget();  // the value dies with this call
  if (!sent) return false;
  returns->kept_.push_back(*out);
  return true;
}

std::vector<std::string> Isolate::Finish(Returns* returns) {
  if (sender_ != nullptr) {
    HeapScope scope(&returns->heap_);
    for (const Parcel::Definition& definition : parcel_.definitions()) {
      const StructDef* here = unpacker_.CopyOf(definition.packed);
      StructDef* sent = here == nullptr ? nullptr : sender_->CopyOf(here);
      if (sent != nullptr)
        returns->definitions_.push_back({definition.original, RetainObject(sent)});
    }
    sender_.reset();
  }
  return RejectionLog::Current().Take().texts;
}

}  // namespace ruff
