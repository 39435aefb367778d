// A machine of its own that runs a packed function: on any one thread, from the constructor to the
// destructor.

#ifndef RUFF_ASYNC_WORKERS_ISOLATE_H_
#define RUFF_ASYNC_WORKERS_ISOLATE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ruff/async/core/blocking_poller.h"
#include "ruff/async/core/poller.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/async/workers/parcel.h"
#include "ruff/runtime/engine/engine.h"
#include "ruff/runtime/value/deep_copy.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/vm/capability.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {

struct IsolateOptions {
  VmOptions vm;
  CapabilityPolicy policy;
  Output* output = nullptr;  // of the program
  std::string entry_path;    // for modules that the function imports
};

// What comes back: values on a heap of their own, so that the program can take them when it has
// time. Functions in them have the code of the program.
class Returns {
 public:
  Returns() = default;
  ~Returns();
  Returns(const Returns&) = delete;
  Returns& operator=(const Returns&) = delete;

  // A value for the heap of the program, which is the current one then and when this object dies;
  // owned. The program's definitions take the place of their copies.
  Value Take(Value value);

 private:
  friend class Isolate;

  Heap heap_;
  std::unique_ptr<Copier> copier_;  // into the program
  std::vector<Value> kept_;
  std::vector<Parcel::Definition> definitions_;  // `packed` is the copy on heap_
};

class Isolate final : private ErrorReporter {
 public:
  // Borrows everything; when `interrupt` becomes true, what runs ends.
  Isolate(const Parcel& parcel, const IsolateOptions& options, Clock& clock,
          std::atomic<bool>* interrupt);
  ~Isolate() override;

  enum class End : uint8_t {
    kReturned,
    kThrew,         // *out is the error
    kFatal,         // a budget is spent: *out is the error
    kExited,        // exit() was called, or the interrupt came
    kCannotReturn,  // *error says why
  };
  // Calls the function with element `i`. *out is on the heap of `returns`, which keeps it.
  End Call(uint64_t i, Returns* returns, Value* out, std::string* error);
  // From now on elements share nothing with those before.
  void ForgetElements() { unpacker_.Forget(); }
  int exit_code() { return engine_.vm().exit_code(); }
  // To be called at the end: lets `returns` know the definitions it uses. The texts of the
  // rejections that nobody has observed.
  std::vector<std::string> Finish(Returns* returns);

 private:
  class Unpacker final : public Copier {
   public:
    explicit Unpacker(Isolate* isolate) : isolate_(isolate) {}
    CodeBlock* CodeFor(const Function* function) override;

   private:
    Isolate* isolate_;
  };
  class Sender final : public Copier {
   public:
    explicit Sender(Isolate* isolate) : isolate_(isolate) {}
    CodeBlock* CodeFor(const Function* function) override;
    void KeepDefinition(const StructDef* source) override;

   private:
    Isolate* isolate_;
  };

  void Uncaught(std::string_view, Value, const ErrorSite&) override {}
  void MoreUnhandled(uint64_t) override {}
  void LinkFiles();
  bool Send(Value value, Returns* returns, Value* out);

  const Parcel& parcel_;
  Engine engine_;
  BlockingPoller poller_;
  Scheduler scheduler_;
  std::unique_ptr<SessionGlobals> session_;
  std::vector<LinkedModule*> files_;  // of the parcel, linked here
  absl::flat_hash_map<const LinkedModule*, CodeBlock*>
      originals_;                      // first code of the program's file
  std::vector<Ref> sent_definitions_;  // sources of sender_, some of which nobody else keeps
  Unpacker unpacker_;
  std::unique_ptr<Sender> sender_;  // lives on the heap of Returns
  Ref function_;
};

}  // namespace ruff

#endif  // RUFF_ASYNC_WORKERS_ISOLATE_H_
