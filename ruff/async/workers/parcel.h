// What a function needs in order to run on another heap: itself, the variables it refers to, the
// code of both.
//
// A parcel is packed on the thread of the program, into a heap of its own, and only read from then
// on; so any number of workers can unpack it at the same time (isolate.h). The variables are found
// by reading code: a function refers to its captured variables and to the global slots its
// instructions name, and so do the functions among their values, and so on (A62).

#ifndef RUFF_ASYNC_WORKERS_PARCEL_H_
#define RUFF_ASYNC_WORKERS_PARCEL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "ruff/lang/bytecode/module.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/link.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {

class Parcel {
 public:
  struct File {
    LinkedModule* original;
    std::unique_ptr<Module> module;
    std::string source_name;
    std::string source_text;
    std::vector<std::string>
        session_names;  // of the slots, when the globals are those of a session
  };
  struct GlobalValue {
    uint32_t file;  // in files()
    uint32_t slot;
    Value value;
  };
  // A struct definition, where it came from and its copy in the parcel.
  struct Definition {
    StructDef* original;  // kept alive by the parcel
    StructDef* packed;
  };

  // `vm` is that of the program, borrowed.
  explicit Parcel(Vm& vm);
  ~Parcel();
  Parcel(const Parcel&) = delete;
  Parcel& operator=(const Parcel&) = delete;

  // Packs the function and all it needs, then the elements. False with *error, worded for programs,
  // when something cannot leave (A64).
  bool Pack(Value function, const Array* elements, std::string* error);

  Value function() const { return function_; }
  const Array* elements() const { return elements_.As<Array>(); }
  const std::vector<File>& files() const { return files_; }
  const std::vector<GlobalValue>& globals() const { return globals_; }
  // All of them; the first is that of errors.
  const std::vector<Definition>& definitions() const { return definitions_; }
  // The file of a function that is not one of the prelude, as an index into files().
  uint32_t FileOf(const LinkedModule* original) const { return numbers_.find(original)->second; }

 private:
  class Packer;

  bool PackVariables(Packer& packer, std::string* error);
  bool PackGlobal(Packer& packer, LinkedModule* module, uint32_t slot, std::string* error);
  bool PackElements(Packer& packer, const Array* elements, std::string* error);
  void AddFile(LinkedModule* module);

  Vm& vm_;
  Heap heap_;
  Value function_ = Value::Null();
  Value elements_ = Value::Null();
  std::vector<File> files_;
  absl::flat_hash_map<const LinkedModule*, uint32_t> numbers_;
  std::vector<GlobalValue> globals_;
  absl::flat_hash_set<const Value*> seen_globals_;
  absl::flat_hash_set<const CodeBlock*> seen_code_;
  std::vector<CodeBlock*> unread_;  // code whose variables are not packed yet
  std::vector<Definition> definitions_;
};

// "parallel_map() cannot transfer channel to a worker (element 3)".
std::string TransferError(Value culprit, std::string_view place);

}  // namespace ruff

#endif  // RUFF_ASYNC_WORKERS_PARCEL_H_
