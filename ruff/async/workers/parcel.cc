#include "ruff/async/workers/parcel.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/lang/bytecode/operand.h"
#include "ruff/runtime/value/deep_copy.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {
namespace {

// Calls f(instruction, pc) for every instruction of a function.
template <typename F>
void ForEachInstruction(const FunctionProto& proto, F f) {
  const std::vector<Instruction>& code = proto.code;
  for (uint32_t pc = 0; pc < code.size(); pc += InfoOf(OpcodeOf(code[pc])).size()) f(code[pc], pc);
}

// Calls f(slot) for every global the function itself names.
template <typename F>
void ForEachSlot(const FunctionProto& proto, F f) {
  ForEachInstruction(proto, [&](Instruction i, uint32_t pc) {
    const OpcodeInfo& info = InfoOf(OpcodeOf(i));
    const Operands operands = DecodeOperands(i);
    const std::pair<OperandKind, int64_t> all[] = {
        {info.x, operands.x}, {info.a, operands.a}, {info.b, operands.b}, {info.c, operands.c}};
    for (const auto& [kind, number] : all) {
      if (kind == OperandKind::kSlot) f(static_cast<uint32_t>(number));
    }
    const bool is_path = OpcodeOf(i) == Opcode::kSetPath || OpcodeOf(i) == Opcode::kTakePath;
    if (is_path && static_cast<PathRoot>(OperandX(i)) == PathRoot::kGlobal) {
      f(static_cast<uint32_t>(proto.code[pc + 1] >> 32));
    }
  });
}

// The name of captured variable `index`: instructions that read it have it, in the function or in
// one that takes the variable from there.
std::string CaptureName(const Module& module, const FunctionProto* proto, uint32_t index) {
  for (;;) {
    std::string name;
    const FunctionProto* inner = nullptr;
    uint32_t inner_index = 0;
    ForEachInstruction(*proto, [&](Instruction i, uint32_t) {
      const Operands operands = DecodeOperands(i);
      if (OpcodeOf(i) == Opcode::kGetUp && operands.b == index) {
        name = module.strings[proto->constants[static_cast<size_t>(operands.c)].index];
      } else if (OpcodeOf(i) == Opcode::kClosure) {
        const FunctionProto& made = module.functions[static_cast<size_t>(operands.b)];
        for (uint32_t n = 0; n < made.captures.size(); ++n) {
          const Capture& capture = made.captures[n];
          const bool takes = capture.from == Capture::From::kCaptured ||
                             capture.from == Capture::From::kCopyCaptured;
          if (!takes || capture.index != index) continue;
          inner = &made;
          inner_index = n;
        }
      }
    });
    if (!name.empty() || inner == nullptr) return name;
    proto = inner;
    index = inner_index;
  }
}

// Does `from` lead to `wanted` without the help of a function?
bool LeadsTo(Value from, const Object* wanted) {
  class Search final : public ChildVisitor {
   public:
    void VisitValues(Value* values, size_t count) override {
      for (size_t i = 0; i < count; ++i) {
        if (values[i].IsHeap() && seen.insert(values[i].object).second)
          left.push_back(values[i].object);
      }
    }
    absl::flat_hash_set<Object*> seen;
    std::vector<Object*> left;
  };
  Search search;
  search.Visit(from);
  while (!search.left.empty()) {
    Object* object = search.left.back();
    search.left.pop_back();
    if (object == wanted) return true;
    if (object->kind == Kind::kFunction || OpsOf(object->kind).visit == nullptr) continue;
    OpsOf(object->kind).visit(object, search);
  }
  return false;
}

}  // namespace

std::string TransferError(Value culprit, std::string_view place) {
  return absl::StrCat("parallel_map() cannot transfer ", TypeName(culprit), " to a worker (", place,
                      ")");
}

// Copies into the parcel. Functions keep the code they have: the parcel runs nothing.
class Parcel::Packer final : public Copier {
 public:
  explicit Packer(Parcel* parcel) : parcel_(parcel) {}

  CodeBlock* CodeFor(const Function* function) override {
    CodeBlock* code = function->code;
    if (code->module->is_prelude()) return code->native != nullptr ? code : nullptr;
    functions_.push_back(function);
    if (parcel_->seen_code_.insert(code).second) parcel_->unread_.push_back(code);
    return code;
  }

  // Why the last run failed: the variable next to the culprit, or `place`.
  std::string Error(std::string_view place) const {
    for (const Function* function : functions_) {
      for (uint64_t i = 0; i < function->capture_count; ++i) {
        if (!LeadsTo(Value::Heap(function->captures[i]), failed().object)) continue;
        const std::string name = CaptureName(function->code->module->module(),
                                             function->code->proto, static_cast<uint32_t>(i));
        return TransferError(failed(), absl::StrCat("captured variable '", name, "'"));
      }
    }
    return TransferError(failed(), place);
  }

 private:
  Parcel* parcel_;
  std::vector<const Function*> functions_;  // all that were copied
};

Parcel::Parcel(Vm& vm) : vm_(vm) {}

Parcel::~Parcel() {
  for (const Definition& definition : definitions_) ReleaseObject(definition.original);
  HeapScope scope(&heap_);
  for (const GlobalValue& global : globals_) Release(global.value);
  for (const Definition& definition : definitions_) ReleaseObject(definition.packed);
  Release(function_);
  Release(elements_);
  heap_.CollectCycles();
}

bool Parcel::Pack(Value function, const Array* elements, std::string* error) {
  bool complete;
  {
    HeapScope scope(&heap_);
    Packer packer(this);
    Value error_def;
    packer.Run(Value::Heap(vm_.error_def()), &error_def);
    definitions_.push_back({vm_.error_def(), error_def.As<StructDef>()});
    complete = packer.Run(function, &function_);
    if (!complete) *error = packer.Error("the function");
    complete = complete && PackVariables(packer, error) && PackElements(packer, elements, error);
    packer.ForEachDefinition([&](const StructDef* source, StructDef* copy) {
      if (source == vm_.error_def()) return;
      definitions_.push_back({const_cast<StructDef*>(source), RetainObject(copy)});
    });
  }
  for (const Definition& definition : definitions_) RetainObject(definition.original);
  return complete;
}

bool Parcel::PackVariables(Packer& packer, std::string* error) {
  while (!unread_.empty()) {
    CodeBlock* code = unread_.back();
    unread_.pop_back();
    AddFile(code->module);
    bool complete = true;
    ForEachSlot(*code->proto, [&](uint32_t slot) {
      complete = complete && PackGlobal(packer, code->module, slot, error);
    });
    if (!complete) return false;
    ForEachInstruction(*code->proto, [&](Instruction i, uint32_t) {
      if (OpcodeOf(i) != Opcode::kClosure) return;
      CodeBlock* inner = code->module->code(static_cast<uint32_t>(OperandD(i)));
      if (seen_code_.insert(inner).second) unread_.push_back(inner);
    });
  }
  return true;
}

bool Parcel::PackGlobal(Packer& packer, LinkedModule* module, uint32_t slot, std::string* error) {
  const Value* place = &module->globals()[slot];
  if (place->Is(Kind::kUnset)) return true;
  if (!seen_globals_.insert(place).second) return true;
  Value copy;
  if (!packer.Run(*place, &copy)) {
    const std::string& name = module->session() != nullptr ? module->session()->names()[slot]
                                                           : module->module().globals[slot].name;
    *error = packer.Error(absl::StrCat("captured variable '", name, "'"));
    return false;
  }
  globals_.push_back({FileOf(module), slot, copy});
  return true;
}

bool Parcel::PackElements(Packer& packer, const Array* elements, std::string* error) {
  const Array::Storage storage = elements->storage();
  if (storage != Array::kValues) {
    Array* shared = const_cast<Array*>(elements);
    return packer.Run(Value::Heap(shared), &elements_);
  }
  Array* copies = NewArray(elements->size, Array::kValues);
  elements_ = Value::Heap(copies);
  for (uint64_t i = 0; i < elements->size; ++i) {
    Value copy;
    if (!packer.Run(elements->values[i], &copy)) {
      *error = TransferError(packer.failed(), absl::StrCat("element ", i));
      return false;
    }
    ArrayPush(copies, copy);
    if (!unread_.empty() && !PackVariables(packer, error)) return false;
  }
  return true;
}

void Parcel::AddFile(LinkedModule* module) {
  if (!numbers_.try_emplace(module, static_cast<uint32_t>(files_.size())).second) return;
  File& file = files_.emplace_back();
  file.original = module;
  file.module = module->CopyModule();
  if (module->source() != nullptr) {
    file.source_name = module->source()->name();
    file.source_text = std::string(module->source()->text());
  }
  if (module->session() != nullptr) file.session_names = module->session()->names();
}

}  // namespace ruff
