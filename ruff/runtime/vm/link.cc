#include "ruff/runtime/vm/link.h"

#include <utility>

#include "ruff/lang/bytecode/operand.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/string.h"

namespace ruff {
namespace {

// Calls of a function with far locals take the slow path (opcode.def).
void UseFarCalls(std::vector<Instruction>& code) {
  for (size_t i = 0; i < code.size(); i += InfoOf(OpcodeOf(code[i])).size()) {
    Opcode opcode = OpcodeOf(code[i]);
    if (opcode == Opcode::kCall) opcode = Opcode::kCallFar;
    if (opcode == Opcode::kCallGlobal) opcode = Opcode::kCallGlobalFar;
    if (opcode == Opcode::kCallMethod) opcode = Opcode::kCallMethodFar;
    code[i] = (code[i] & ~Instruction{0xff}) | static_cast<uint64_t>(opcode);
  }
}

// Every word that follows an instruction is an inline cache, if the instruction has one.
void EmptyCaches(std::vector<Instruction>& code) {
  for (size_t i = 0; i < code.size(); i += InfoOf(OpcodeOf(code[i])).size()) {
    switch (OpcodeOf(code[i])) {
      case Opcode::kGetField:
      case Opcode::kSetField:
      case Opcode::kCallMethod:
      case Opcode::kCallMethodFar:
      case Opcode::kNewStruct:
        code[i + 1] = 0;
        break;
      default:
        break;
    }
  }
}

Value InternedValue(std::string_view text) { return Value::Heap(InternString(text)); }

}  // namespace

LinkedModule::LinkedModule(std::unique_ptr<Module> module, std::unique_ptr<SourceBuffer> source,
                           GlobalDefault global_default, void* context)
    : module_(std::move(module)), source_(std::move(source)) {
  globals_.reserve(module_->globals.size());
  for (const Global& global : module_->globals) {
    globals_.push_back(global_default(context, global.name));
  }
  LinkFunctions();
}

LinkedModule::LinkedModule(std::unique_ptr<Module> module, std::unique_ptr<SourceBuffer> source,
                           SessionGlobals* session)
    : module_(std::move(module)), source_(std::move(source)), session_(session) {
  LinkFunctions();
}

void LinkedModule::LinkFunctions() {
  const size_t count = module_->functions.size();
  blocks_.resize(count);
  constants_.resize(count);
  templates_.resize(count);
  paths_.resize(count);
  for (size_t i = 0; i < count; ++i) {
    FunctionProto& proto = module_->functions[i];
    std::vector<Value>& constants = constants_[i];
    constants.reserve(proto.constants.size());
    for (const Constant& constant : proto.constants) constants.push_back(MakeConstant(constant));
    if (proto.register_count > kMaxNearOperand) UseFarCalls(proto.code);
    for (const Path& path : proto.paths) {
      LinkedPath& linked = paths_[i].emplace_back();
      for (const PathStep& step : path.steps) {
        linked.push_back(
            LinkedStep{step.is_field ? constants[step.name].As<String>() : nullptr, 0});
      }
    }
    const bool plain = !proto.is_async && !proto.is_generator;
    // With implicit fields the receiver is one more value in the window.
    const uint32_t parameters = proto.parameter_count + (proto.implicit_fields ? 1 : 0);
    blocks_[i] = CodeBlock{
        .proto = &proto,
        .code = proto.code.data(),
        .constants = constants.data(),
        .globals = globals(),
        .module = this,
        .name = proto.name.empty() ? nullptr : InternString(proto.name),
        .native = nullptr,
        .register_count = proto.register_count,
        .paths = paths_[i].data(),
        .changes_self = proto.changes_self,
        .parameter_count = parameters,
        .plain_arity = plain ? parameters : CodeBlock::kNotPlain,
    };
    for (const StructTemplate& t : proto.templates) {
      const auto name = [&](uint32_t index) {
        return index == UINT32_MAX ? nullptr : constants[index].As<String>();
      };
      LinkedTemplate linked{
          .name = name(t.name), .fields = {}, .methods = {}, .default_fields = {}};
      for (uint32_t f : t.fields) linked.fields.push_back(name(f));
      for (uint32_t m : t.methods) linked.methods.push_back(name(m));
      for (uint32_t d : t.default_fields) linked.default_fields.push_back(name(d));
      templates_[i].push_back(std::move(linked));
    }
  }
}

std::unique_ptr<Module> LinkedModule::CopyModule() const {
  auto copy = std::make_unique<Module>(*module_);
  for (FunctionProto& proto : copy->functions) EmptyCaches(proto.code);
  // What linking has taken out of the pools is still in the values made of it.
  for (const auto& [key, value] : pooled_) {
    const auto& [kind, index] = key;
    if (kind == Constant::Kind::kIntArray) {
      const auto* array = value.As<Array>();
      copy->int_arrays[index].assign(array->ints, array->ints + array->size);
    } else if (kind == Constant::Kind::kFloatArray) {
      const auto* array = value.As<Array>();
      copy->float_arrays[index].assign(array->floats, array->floats + array->size);
    }
  }
  return copy;
}

void LinkedModule::ReleaseGlobals() {
  for (Value& v : globals_) Release(std::exchange(v, Value::Unset()));
}

LinkedModule::~LinkedModule() {
  ReleaseGlobals();
  for (const CodeBlock& block : blocks_) {
    if (block.name != nullptr) ReleaseObject(block.name);
  }
  for (std::vector<Value>& constants : constants_) {
    for (Value v : constants) Release(v);
  }
  for (const auto& [key, v] : pooled_) Release(v);
}

int32_t LinkedModule::FindGlobal(std::string_view name) const {
  if (session_ != nullptr) return session_->Slot(name);
  for (size_t i = 0; i < module_->globals.size(); ++i) {
    if (module_->globals[i].name == name) return static_cast<int32_t>(i);
  }
  return -1;
}

uint32_t LinkedModule::LineOf(uint32_t offset) const {
  return source_ == nullptr ? 0 : source_->Locate(offset).line;
}

const LinkedModule::LinkedTemplate& LinkedModule::TemplateOf(const CodeBlock* code, uint32_t t) {
  return templates_[code - blocks_.data()][t];
}

Value LinkedModule::MakeConstant(const Constant& constant) {
  switch (constant.kind) {
    case Constant::Kind::kNull:
      return Value::Null();
    case Constant::Kind::kBool:
      return Value::Bool(constant.i != 0);
    case Constant::Kind::kInt:
      return Value::Int(constant.i);
    case Constant::Kind::kFloat:
      return Value::Float(constant.d);
    case Constant::Kind::kNone:
      return Value::None();
    case Constant::Kind::kString:
      return InternedValue(module_->strings[constant.index]);
    case Constant::Kind::kIntArray:
    case Constant::Kind::kFloatArray:
    case Constant::Kind::kArray:
    case Constant::Kind::kDict: {
      // Equal constants are one value, shared copy-on-write.
      auto [at, inserted] = pooled_.try_emplace({constant.kind, constant.index}, Value::Null());
      if (!inserted) return Retain(at->second);
      const Value made = MakeContainer(constant);
      pooled_.insert_or_assign({constant.kind, constant.index}, made);
      return Retain(made);
    }
  }
  return Value::Null();
}

Value LinkedModule::MakeContainer(const Constant& constant) {
  switch (constant.kind) {
    case Constant::Kind::kIntArray: {
      std::vector<int64_t>& ints = module_->int_arrays[constant.index];
      Array* array = NewArray(ints.size(), Array::kInts);
      for (int64_t i : ints) ArrayPush(array, Value::Int(i));
      std::vector<int64_t>().swap(ints);
      return Value::Heap(array);
    }
    case Constant::Kind::kFloatArray: {
      std::vector<double>& floats = module_->float_arrays[constant.index];
      Array* array = NewArray(floats.size(), Array::kFloats);
      for (double d : floats) ArrayPush(array, Value::Float(d));
      std::vector<double>().swap(floats);
      return Value::Heap(array);
    }
    case Constant::Kind::kArray: {
      const std::vector<Constant>& items = module_->arrays[constant.index];
      Array* array = NewArray(items.size(), Array::kValues);
      for (const Constant& item : items) ArrayPush(array, MakeConstant(item));
      return Value::Heap(array);
    }
    default: {
      const auto& items = module_->dicts[constant.index];
      Dict* dict = NewDict(static_cast<uint32_t>(items.size()));
      for (const auto& [key, value] : items) {
        const Value k = MakeConstant(key);
        DictSet(dict, k, MakeConstant(value));
        Release(k);
      }
      return Value::Heap(dict);
    }
  }
}

}  // namespace ruff
