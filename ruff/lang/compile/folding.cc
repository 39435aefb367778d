#include "ruff/lang/compile/folding.h"

#include <charconv>
#include <utility>

#include "ruff/base/check.h"

namespace ruff {
namespace {

// Longer concatenations are left alone, so that long chains of them fold in linear time.
constexpr size_t kMaxFoldedText = 256;

double AsFloat(const Constant& c) {
  return c.kind == Constant::Kind::kInt ? static_cast<double>(c.i) : c.d;
}

std::optional<Constant> FoldInts(BinaryOp op, int64_t a, int64_t b) {
  int64_t result;
  switch (op) {
    case BinaryOp::kAdd:
      if (__builtin_add_overflow(a, b, &result)) return std::nullopt;
      return IntConstant(result);
    case BinaryOp::kSub:
      if (__builtin_sub_overflow(a, b, &result)) return std::nullopt;
      return IntConstant(result);
    case BinaryOp::kMul:
      if (__builtin_mul_overflow(a, b, &result)) return std::nullopt;
      return IntConstant(result);
    case BinaryOp::kDiv:
    case BinaryOp::kMod:
      if (b == 0 || b == -1) return std::nullopt;
      return IntConstant(op == BinaryOp::kDiv ? a / b : a % b);
    default:
      return std::nullopt;
  }
}

std::optional<Constant> FoldFloats(BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::kAdd:
      return FloatConstant(a + b);
    case BinaryOp::kSub:
      return FloatConstant(a - b);
    case BinaryOp::kMul:
      return FloatConstant(a * b);
    case BinaryOp::kDiv:
      if (b == 0) return std::nullopt;
      return FloatConstant(a / b);
    default:
      return std::nullopt;
  }
}

// The int that `text` spells in canonical decimal, which is the same key.
std::optional<int64_t> IntKey(std::string_view text) {
  int64_t value;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return std::to_string(value) == text ? std::optional(value) : std::nullopt;
}

}  // namespace

Folding::Folding(const Ast& ast, bool folds, Module* module, ModuleStrings* strings)
    : ast_(ast), module_(module), strings_(strings), is_constant_(ast.node_count(), false) {
  for (uint32_t id = 0; id < ast.node_count(); ++id) {
    if (IsLiteral(ast.node(NodeId{id}).kind)) {
      is_constant_[id] = true;
    } else if (folds) {
      FoldNode(id);
    }
  }
}

bool Folding::IsLiteral(NodeKind kind) {
  switch (kind) {
    case NodeKind::kInt:
    case NodeKind::kFloat:
    case NodeKind::kString:
    case NodeKind::kBool:
    case NodeKind::kNull:
    case NodeKind::kNone:
      return true;
    default:
      return false;
  }
}

void Folding::FoldNode(uint32_t id) {
  const Node& n = ast_.node(NodeId{id});
  switch (n.kind) {
    case NodeKind::kNegate:
      if (const std::optional<Constant> number = NumberOf(NodeId{n.a})) {
        if (number->kind == Constant::Kind::kFloat) {
          numbers_[id] = FloatConstant(-number->d);
        } else if (number->i != INT64_MIN) {
          numbers_[id] = IntConstant(-number->i);
        } else {
          return;
        }
        is_constant_[id] = true;
      }
      return;
    case NodeKind::kBinary:
      FoldBinary(id, n);
      return;
    case NodeKind::kArray:
      for (const uint32_t item : ast_.list(n.a)) {
        if (!is_constant_[item]) return;
      }
      is_constant_[id] = true;
      return;
    case NodeKind::kDict:
      for (const uint32_t item : ast_.list(n.a)) {
        const Node& pair = ast_.node(NodeId{item});
        if (pair.kind != NodeKind::kPair || !is_constant_[pair.b] ||
            !IsConstantKey(NodeId{pair.a})) {
          return;
        }
      }
      is_constant_[id] = true;
      return;
    default:
      return;
  }
}

void Folding::FoldBinary(uint32_t id, const Node& n) {
  if (!is_constant_[n.a] || !is_constant_[n.b]) return;
  const BinaryOp op = static_cast<BinaryOp>(n.op);
  const std::optional<Constant> a = NumberOf(NodeId{n.a});
  const std::optional<Constant> b = NumberOf(NodeId{n.b});
  if (a.has_value() && b.has_value()) {
    const bool is_int = a->kind == Constant::Kind::kInt && b->kind == Constant::Kind::kInt;
    const std::optional<Constant> result =
        is_int ? FoldInts(op, a->i, b->i) : FoldFloats(op, AsFloat(*a), AsFloat(*b));
    if (!result.has_value()) return;
    numbers_[id] = *result;
    is_constant_[id] = true;
  } else if (op == BinaryOp::kAdd) {
    const std::optional<std::string> x = TextOf(NodeId{n.a});
    const std::optional<std::string> y = TextOf(NodeId{n.b});
    if (!x.has_value() || !y.has_value() || x->size() + y->size() > kMaxFoldedText) return;
    texts_[id] = *x + *y;
    is_constant_[id] = true;
  }
}

std::optional<Constant> Folding::NumberOf(NodeId node) const {
  if (!is_constant_[Raw(node)]) return std::nullopt;
  const Node& n = ast_.node(node);
  if (n.kind == NodeKind::kInt) return IntConstant(IntValue(n));
  if (n.kind == NodeKind::kFloat) return FloatConstant(FloatValue(n));
  const auto it = numbers_.find(Raw(node));
  return it == numbers_.end() ? std::nullopt : std::optional(it->second);
}

// Short strings only.
std::optional<std::string> Folding::TextOf(NodeId node) const {
  const Node& n = ast_.node(node);
  if (n.kind == NodeKind::kString) {
    const std::string_view text = ast_.string(n.a);
    if (text.size() > kMaxFoldedText) return std::nullopt;
    return std::string(text);
  }
  const auto it = texts_.find(Raw(node));
  return it == texts_.end() ? std::nullopt : std::optional(it->second);
}

bool Folding::IsConstantKey(NodeId node) const {
  if (!is_constant_[Raw(node)]) return false;
  if (ast_.node(node).kind == NodeKind::kString || texts_.contains(Raw(node))) return true;
  const std::optional<Constant> number = NumberOf(node);
  return number.has_value() && number->kind == Constant::Kind::kInt;
}

Constant Folding::ValueOf(NodeId node) {
  const Node& n = ast_.node(node);
  switch (n.kind) {
    case NodeKind::kInt:
      return IntConstant(IntValue(n));
    case NodeKind::kFloat:
      return FloatConstant(FloatValue(n));
    case NodeKind::kBool:
      return BoolConstant(n.a != 0);
    case NodeKind::kNull:
      return PlainConstant(Constant::Kind::kNull);
    case NodeKind::kNone:
      return PlainConstant(Constant::Kind::kNone);
    case NodeKind::kString:
      return strings_->Add(ast_.string(n.a));
    case NodeKind::kArray:
      return ArrayOf(n);
    case NodeKind::kDict:
      return DictOf(n);
    default:
      if (const auto it = numbers_.find(Raw(node)); it != numbers_.end()) return it->second;
      return strings_->Add(texts_.at(Raw(node)));
  }
}

Constant Folding::ArrayOf(const Node& n) {
  std::vector<Constant> items;
  const absl::Span<const uint32_t> list = ast_.list(n.a);
  items.reserve(list.size());
  bool all_ints = !list.empty();
  bool all_floats = !list.empty();
  for (const uint32_t item : list) {
    items.push_back(ValueOf(NodeId{item}));
    all_ints = all_ints && items.back().kind == Constant::Kind::kInt;
    all_floats = all_floats && items.back().kind == Constant::Kind::kFloat;
  }
  Constant constant;
  if (all_ints) {
    constant.kind = Constant::Kind::kIntArray;
    constant.index = static_cast<uint32_t>(module_->int_arrays.size());
    std::vector<int64_t>& values = module_->int_arrays.emplace_back();
    values.reserve(items.size());
    for (const Constant& item : items) values.push_back(item.i);
  } else if (all_floats) {
    constant.kind = Constant::Kind::kFloatArray;
    constant.index = static_cast<uint32_t>(module_->float_arrays.size());
    std::vector<double>& values = module_->float_arrays.emplace_back();
    values.reserve(items.size());
    for (const Constant& item : items) values.push_back(item.d);
  } else {
    constant.kind = Constant::Kind::kArray;
    constant.index = static_cast<uint32_t>(module_->arrays.size());
    module_->arrays.push_back(std::move(items));
  }
  return constant;
}

// Of equal keys the last one counts; 1 and "1" are equal.
Constant Folding::DictOf(const Node& n) {
  std::vector<std::pair<Constant, Constant>> entries;
  const absl::Span<const uint32_t> list = ast_.list(n.a);
  entries.reserve(list.size());
  absl::flat_hash_map<std::pair<bool, int64_t>, size_t>
      places;  // by key: is it a string; index or int
  places.reserve(list.size());
  for (const uint32_t item : list) {
    const Node& pair = ast_.node(NodeId{item});
    Constant key = ValueOf(NodeId{pair.a});
    if (key.kind == Constant::Kind::kString) {
      if (const std::optional<int64_t> number = IntKey(module_->strings[key.index])) {
        key = IntConstant(*number);
      }
    }
    const Constant value = ValueOf(NodeId{pair.b});
    const bool is_string = key.kind == Constant::Kind::kString;
    const auto [it, is_new] =
        places.try_emplace({is_string, is_string ? key.index : key.i}, entries.size());
    if (is_new) {
      entries.emplace_back(key, value);
    } else {
      entries[it->second].second = value;
    }
  }
  Constant constant;
  constant.kind = Constant::Kind::kDict;
  constant.index = static_cast<uint32_t>(module_->dicts.size());
  module_->dicts.push_back(std::move(entries));
  return constant;
}

}  // namespace ruff
