#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "ruff/lang/compile/function_compiler.h"

namespace ruff {
namespace {

// Elements are collected in registers and appended this many at a time; fewer when literals are
// nested so deep that registers get scarce.
constexpr uint32_t kChunk = 32;

// Fields of a struct literal that are evaluated before the struct is made; the rest is set one by
// one. The second number is for when registers are scarce.
constexpr size_t kMaxFieldWindow = 1000;
constexpr size_t kMaxCrowdedFieldWindow = 8;

}  // namespace

void FunctionCompiler::CompileArray(const Node& n, uint32_t to) {
  const absl::Span<const uint32_t> items = ast_.list(n.a);
  const uint32_t array = BuildRegister(to);
  out_.Emit(Opcode::kNewArray, array, static_cast<int64_t>(items.size()));
  AppendItems(array, items);
  MoveBuilt(array, to);
}

// `array` is the topmost register.
void FunctionCompiler::AppendItems(uint32_t array, absl::Span<const uint32_t> items) {
  uint32_t pending = 0;
  const auto flush = [&] {
    if (pending == 1) {
      out_.Emit(Opcode::kAppend, array, array + 1);
    } else if (pending > 1) {
      out_.Emit(Opcode::kAppendMany, array, pending);
    }
    pending = 0;
    registers_.SetTop(array + 1);
  };
  for (const uint32_t item : items) {
    const Node& element = node(NodeId{item});
    const bool is_spread = element.kind == NodeKind::kSpread;
    if (is_spread || pending == kChunk || registers_.is_crowded()) flush();
    if (is_spread) {
      const uint32_t spread = ToNext(NodeId{element.a});
      out_.SetPosition(element.begin);
      out_.Emit(Opcode::kAppendSpread, array, spread);
      registers_.SetTop(array + 1);
    } else {
      ToNext(NodeId{item});
      ++pending;
    }
  }
  flush();
}

void FunctionCompiler::CompileDict(const Node& n, uint32_t to) {
  const absl::Span<const uint32_t> items = ast_.list(n.a);
  const uint32_t dict = BuildRegister(to);
  out_.Emit(Opcode::kNewDict, dict, static_cast<int64_t>(items.size()));
  for (const uint32_t item : items) {
    const Temporaries temporaries(&registers_);
    const Node& entry = node(NodeId{item});
    if (entry.kind == NodeKind::kSpread) {
      const uint32_t spread = ToNext(NodeId{entry.a});
      out_.SetPosition(entry.begin);
      out_.Emit(Opcode::kPutSpread, dict, spread);
      continue;
    }
    const NodeId key{entry.a};
    if (context_.folding.IsConstant(key)) {
      const Constant constant = context_.folding.ValueOf(key);
      if (constant.kind == Constant::Kind::kString || constant.kind == Constant::Kind::kInt) {
        if (const std::optional<uint32_t> index = constants_.AddOperand(constant)) {
          const uint32_t value = ToNext(NodeId{entry.b});
          out_.SetPosition(entry.begin);
          out_.Emit(Opcode::kPutK, dict, *index, value);
          continue;
        }
      }
    }
    std::optional<uint32_t> local = LocalRegister(key);
    if (local.has_value() && MustCopy(key, NodeId{entry.b})) local.reset();
    const uint32_t key_register = local.has_value() ? *local : ToNext(key);
    const Pin pin(this, key_register);
    const uint32_t value = ToNext(NodeId{entry.b});
    out_.SetPosition(entry.begin);
    out_.Emit(Opcode::kPut, dict, key_register, value);
  }
  MoveBuilt(dict, to);
}

// Parts are joined in groups, groups in groups of groups: linear also for very many parts.
void FunctionCompiler::CompileInterpolation(const Node& n, uint32_t to) {
  const absl::Span<const uint32_t> parts = ast_.list(n.a);
  const uint32_t first = BuildRegister(to);
  registers_.SetTop(first);
  std::vector<uint32_t> counts = {0};  // by level: finished groups that wait in registers
  const auto join = [&](uint32_t count) {
    const uint32_t start = registers_.top() - count;
    out_.SetPosition(n.begin);
    out_.Emit(Opcode::kConcat, start, count);
    registers_.SetTop(start + 1);
  };
  for (const uint32_t part : parts) {
    ToNext(NodeId{part});
    ++counts[0];
    for (size_t level = 0; counts[level] == kChunk; ++level) {
      join(kChunk);
      counts[level] = 0;
      if (level + 1 == counts.size()) counts.push_back(0);
      ++counts[level + 1];
    }
  }
  join(registers_.top() - first);
  MoveBuilt(first, to);
}

// A literal holds on to the definition that its name has here; a name without one makes a plain
// struct.
void FunctionCompiler::CompileStructLiteral(NodeId id, const Node& n, uint32_t to) {
  const absl::Span<const uint32_t> fields = ast_.list(n.b);
  const size_t near_count =
      std::min(fields.size(), registers_.is_crowded() ? kMaxCrowdedFieldWindow : kMaxFieldWindow);
  const uint32_t window = BuildRegister(to);
  LoadDefinition(id, n, window);
  StructTemplate shape;
  shape.name = constants_.Add(context_.Name(NameId{n.a}));
  absl::flat_hash_map<NameId, size_t> last;
  for (size_t i = 0; i < near_count; ++i) {
    const Node& field = node(NodeId{fields[i]});
    constexpr uint32_t kDropped = 0xffffffff;
    const auto [it, is_new] = last.try_emplace(NameId{field.a}, i);
    if (!is_new) {
      shape.fields[it->second] = kDropped;
      it->second = i;
    }
    shape.fields.push_back(constants_.Add(context_.Name(NameId{field.a})));
    ToNext(NodeId{field.b});
  }
  proto_.templates.push_back(std::move(shape));
  const bool may_have_defaults = MayHaveDefaults(names_.reference(id));
  const bool is_whole = near_count == fields.size();
  out_.SetPosition(n.begin);
  out_.EmitWord(Opcode::kNewStruct, 0, window, static_cast<int64_t>(proto_.templates.size()) - 1, 0,
                may_have_defaults && is_whole ? 1 : 0);
  registers_.SetTop(window + 1);
  for (size_t i = near_count; i < fields.size(); ++i) {
    const Temporaries temporaries(&registers_);
    const Node& field = node(NodeId{fields[i]});
    const uint32_t value = ToNext(NodeId{field.b});
    const uint32_t name = NameOperand(NameId{field.a});
    out_.EmitWord(Opcode::kSetField, 0, window, name, value);
  }
  if (may_have_defaults) FillDefaults(window);
  MoveBuilt(window, to);
}

void FunctionCompiler::LoadDefinition(NodeId id, const Node& n, uint32_t to) {
  const Reference reference = names_.reference(id);
  if (IsUnbound(reference)) {
    LoadNull(to);
    return;
  }
  const Variable variable = VariableOf(reference);
  out_.SetPosition(n.begin);
  if (reference.candidates.empty() && variable.home == Variable::Home::kGlobal) {
    out_.Emit(Opcode::kTryGlobal, to, variable.number);
  } else {
    LoadReference(id, NameId{n.a}, to);
  }
}

// False when the literal surely names no struct with defaults.
bool FunctionCompiler::MayHaveDefaults(const Reference& reference) const {
  if (IsUnbound(reference)) return false;
  if (reference.binding == kNoBinding || !reference.candidates.empty()) return true;
  const Binding& b = binding(reference.binding);
  return b.kind != Binding::Kind::kStruct || b.is_changed || b.is_imported || b.is_known ||
         b.has_defaults || names_.has_open_import();
}

// Evaluates the defaults of the fields that the struct in `window` lacks.
void FunctionCompiler::FillDefaults(uint32_t window) {
  const Temporaries temporaries(&registers_);
  const uint32_t thunk = Allocate();
  const Label next = out_.NewLabel();
  const Label end = out_.NewLabel();
  out_.BindLoopHead(next, out_.is_reachable());
  out_.Jump(Opcode::kNextDefault, end, window);
  out_.Emit(Opcode::kCall, thunk);
  out_.Emit(Opcode::kSetDefault, window);
  out_.Goto(next);
  out_.Bind(end);
}

void FunctionCompiler::CompileTag(const Node& n, uint32_t to) {
  const std::string_view type = ast_.name(NameId{ast_.extra(n.a, 0)});
  const std::string_view variant = ast_.name(NameId{ast_.extra(n.a, 1)});
  const absl::Span<const uint32_t> arguments = ast_.list(n.b);
  const auto box = [&](ConstantKind kind) {
    const uint32_t value = ToNext(NodeId{arguments[0]});
    out_.Emit(Opcode::kNewBox, to, value, 0, static_cast<int64_t>(kind));
  };
  if (type == "Result" && variant == "Ok") return box(ConstantKind::kOk);
  if (type == "Result" && variant == "Err") return box(ConstantKind::kErr);
  if (type == "Option" && variant == "Some") return box(ConstantKind::kSome);
  if (type == "Option" && variant == "None") {
    LoadConstant(PlainConstant(Constant::Kind::kNone), to);
    return;
  }
  const uint32_t window = BuildRegister(to);
  registers_.SetTop(window + 1);
  const ArgumentList payload = CompileArguments(arguments);
  const FunctionConstants::Ref tag = NameRef(absl::StrCat(type, "::", variant));
  if (payload.is_packed) {
    out_.EmitConstant(Opcode::kNewTaggedPacked, window, tag);
  } else {
    out_.EmitConstant(Opcode::kNewTagged, window, tag, payload.count);
  }
  MoveBuilt(window, to);
}

}  // namespace ruff
