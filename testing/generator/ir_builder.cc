#include "testing/generator/ir_builder.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

namespace ruff::generator {
namespace {

using Kind = ExpressionKind;

constexpr int kMaxExpressionDepth = 4;
constexpr int kMaxBlockDepth = 4;
constexpr int kMaxLoopDepth = 2;
constexpr uint64_t kMaxFunctions = 30;
constexpr uint64_t kLeafFunctions = 4;  // the only ones other functions call: bounds the cost

Type TypeOfLetter(char letter) {
  switch (letter) {
    case 'I':
      return Type::kInt;
    case 'B':
      return Type::kBool;
    case 'S':
      return Type::kString;
    case 'A':
      return Type::kArray;
    default:
      return Type::kDict;
  }
}

constexpr std::string_view kKeys[] = {"a", "b", "c", "d"};
constexpr std::string_view kWords[] = {"", "a", "ruff", "array", "Ok", "x y", "Zebra", "not"};

// How often each kind of statement is grown; see StatementKind. Zero: made where it fits.
struct StatementWeight {
  StatementKind kind;
  int weight;
};
constexpr StatementWeight kStatements[] = {
    {StatementKind::kDeclare, 16},    {StatementKind::kAssign, 14},
    {StatementKind::kAssignIndex, 2}, {StatementKind::kAssignKey, 4},
    {StatementKind::kSwap, 3},        {StatementKind::kUnpack, 2},
    {StatementKind::kPrint, 12},      {StatementKind::kEvaluate, 2},
    {StatementKind::kIf, 8},          {StatementKind::kCount, 4},
    {StatementKind::kEach, 4},        {StatementKind::kKeys, 3},
    {StatementKind::kCharacters, 3},  {StatementKind::kYielded, 3},
    {StatementKind::kWhile, 3},       {StatementKind::kLoop, 3},
    {StatementKind::kContinue, 3},    {StatementKind::kBreak, 2},
    {StatementKind::kMatchInt, 4},    {StatementKind::kMatchString, 3},
    {StatementKind::kTry, 5},         {StatementKind::kThrow, 1},
    {StatementKind::kSpawn, 2},       {StatementKind::kTest, 1},
};

class Builder {
 public:
  explicit Builder(Decisions& decisions) : decisions_(decisions) {}

  Program Run(uint64_t size) {
    const uint64_t functions = std::min(kMaxFunctions, 1 + size / 8);
    for (uint64_t i = 0; i < functions; ++i) AddFunction();
    scopes_.emplace_back();
    for (uint64_t i = 0; i < size; ++i) AddStatement(program_.body);
    // All that is left shows in the output.
    for (int variable : std::vector<int>(scopes_[0])) {
      Statement print(StatementKind::kPrint);
      print.expressions.push_back(Read(variable));
      program_.body.push_back(std::move(print));
    }
    return std::move(program_);
  }

 private:
  int NewVariable(Type type, Mutability mutability) {
    const int index = static_cast<int>(program_.variables.size());
    program_.variables.push_back({absl::StrCat("v", index), type, mutability});
    return index;
  }

  void Show(int variable) { scopes_.back().push_back(variable); }

  static Expression Literal(Kind kind, int64_t number, std::string text) {
    Expression expression(kind);
    expression.number = number;
    expression.text = std::move(text);
    return expression;
  }

  static Expression IntLiteral(int64_t number) {
    return Literal(Kind::kIntLiteral, number, absl::StrCat(number));
  }

  static Expression Read(int variable) { return Literal(Kind::kVariable, variable, ""); }

  static Expression Wrap(Kind kind, Expression part) {
    Expression expression(kind);
    expression.parts.push_back(std::move(part));
    return expression;
  }

  // One of the twelve youngest visible variables of the type that `accepts`, each as likely.
  template <typename Predicate>
  std::optional<int> Visible(Type type, Predicate accepts) {
    constexpr size_t kChoice = 12;
    std::vector<int> found;
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend() && found.size() < kChoice;
         ++scope) {
      for (auto at = scope->rbegin(); at != scope->rend() && found.size() < kChoice; ++at) {
        if (program_.variables[*at].type == type && accepts(*at)) found.push_back(*at);
      }
    }
    if (found.empty()) return std::nullopt;
    return found[decisions_.Below(found.size())];
  }

  std::optional<int> Mutable(Type type) {
    return Visible(type, [this](int variable) {
      const Mutability mutability = program_.variables[variable].mutability;
      return (mutability == Mutability::kBare || mutability == Mutability::kMut) &&
             !counters_.contains(variable);
    });
  }

  Type AnyType() { return static_cast<Type>(decisions_.Weighted(std::array{10, 3, 5, 4, 3})); }

  int64_t Number() {
    switch (decisions_.Weighted(std::array{20, 6, tries_ > 0 ? 1 : 0, tries_ > 0 ? 1 : 0})) {
      case 0:
        return decisions_.Between(0, 20);
      case 1:
        return decisions_.Between(-1000, 1000);
      case 2:
        return decisions_.Between(-1000000000000, 1000000000000);
      default:
        return 9223372036854775807 - decisions_.Between(0, 3);
    }
  }

  Expression Leaf(Type type) {
    if (decisions_.Chance(60)) {
      if (const auto variable = Visible(type, [](int) { return true; })) {
        return Read(*variable);
      }
    }
    switch (type) {
      case Type::kInt:
        return IntLiteral(Number());
      case Type::kBool: {
        const bool value = decisions_.Chance(50);
        return Literal(Kind::kBoolLiteral, value, value ? "true" : "false");
      }
      case Type::kString:
        return Literal(Kind::kStringLiteral, 0,
                       std::string(kWords[decisions_.Below(std::size(kWords))]));
      case Type::kArray:
        return Literal(Kind::kEmptyArray, 0, "");
      case Type::kDict:
        return Literal(Kind::kEmptyDict, 0, "");
    }
    return IntLiteral(0);
  }

  Expression Grow(Type type, int depth) {
    const Decisions::Part part(decisions_, PartKind::kExpression, static_cast<int>(type));
    if (depth == 0 || decisions_.Chance(30)) return Leaf(type);
    if (type == Type::kInt && decisions_.Chance(8)) {
      if (auto call = GrowCall(depth)) return *std::move(call);
    }
    std::array<int, kExpressionKinds> weights;
    for (int i = 0; i < kExpressionKinds; ++i) {
      const ExpressionInfo& info = InfoOf(static_cast<Kind>(i));
      weights[i] = info.type == type && Allowed(static_cast<Kind>(i)) ? info.weight : 0;
    }
    Expression expression(static_cast<Kind>(decisions_.Weighted(weights)));
    expression.text = kKeys[decisions_.Below(std::size(kKeys))];
    for (char letter : InfoOf(expression.kind).operands) {
      expression.parts.push_back(Grow(TypeOfLetter(letter), depth - 1));
    }
    return expression;
  }

  bool Allowed(Kind kind) const {
    switch (kind) {
      case Kind::kMultiply:
      case Kind::kDivide:
      case Kind::kModulo:
      case Kind::kIndex:
      case Kind::kKey:
        return tries_ > 0;
      default:
        return true;
    }
  }

  std::optional<Expression> GrowCall(int depth) {
    const uint64_t callable = in_function_
                                  ? std::min<uint64_t>(kLeafFunctions, program_.functions.size())
                                  : program_.functions.size();
    if (callable == 0 ||
        (in_function_ && (loops_ > 0 || program_.functions.size() < kLeafFunctions))) {
      return std::nullopt;
    }
    Expression call(Kind::kCall);
    call.number = static_cast<int64_t>(decisions_.Below(callable));
    const size_t arity = program_.functions[call.number].parameters.size();
    for (size_t i = 0; i < arity; ++i) call.parts.push_back(Grow(Type::kInt, depth - 1));
    return call;
  }

  Expression Grow(Type type) { return Grow(type, kMaxExpressionDepth); }

  // A value to keep: strings and arrays stay short, numbers small where nothing catches.
  Expression Kept(Type type) {
    Expression expression = Grow(type);
    if (type == Type::kString) return Wrap(Kind::kClipString, std::move(expression));
    if (type == Type::kArray) return Wrap(Kind::kClipArray, std::move(expression));
    if (type == Type::kInt && tries_ == 0) return Wrap(Kind::kClipInt, std::move(expression));
    return expression;
  }

  void AddFunction() {
    const Decisions::Part part(decisions_, PartKind::kFunction);
    Function function;
    function.name = absl::StrCat("f", program_.functions.size());
    function.is_async = decisions_.Chance(30);
    in_function_ = true;
    scopes_.emplace_back();
    const uint64_t arity = decisions_.Below(4);
    for (uint64_t i = 0; i < arity; ++i) {
      function.parameters.push_back(NewVariable(Type::kInt, Mutability::kBare));
      Show(function.parameters.back());
    }
    const uint64_t statements = decisions_.Below(5);
    for (uint64_t i = 0; i < statements; ++i) AddStatement(function.body);
    Statement last(StatementKind::kReturn);
    last.expressions.push_back(Grow(Type::kInt));
    function.body.push_back(std::move(last));
    scopes_.pop_back();
    in_function_ = false;
    program_.functions.push_back(std::move(function));
  }

  // A block with a scope of its own, which starts with the given variables.
  Block GrowBlock(std::initializer_list<int> variables = {}) {
    ++blocks_;
    scopes_.emplace_back(variables);
    Block block;
    const uint64_t statements = 1 + decisions_.Below(3);
    for (uint64_t i = 0; i < statements; ++i) AddStatement(block);
    scopes_.pop_back();
    --blocks_;
    return block;
  }

  Block GrowLoop(std::initializer_list<int> variables = {}) {
    ++loops_;
    Block block = GrowBlock(variables);
    --loops_;
    return block;
  }

  void AddStatement(Block& block) {
    const Decisions::Part part(decisions_, PartKind::kStatement);
    std::array<int, std::size(kStatements)> weights;
    for (size_t i = 0; i < weights.size(); ++i) {
      weights[i] = Fits(kStatements[i].kind) ? kStatements[i].weight : 0;
    }
    AddStatement(kStatements[decisions_.Weighted(weights)].kind, block);
  }

  bool Fits(StatementKind kind) const {
    switch (kind) {
      case StatementKind::kIf:
      case StatementKind::kMatchInt:
      case StatementKind::kMatchString:
      case StatementKind::kTry:
        return blocks_ < kMaxBlockDepth;
      case StatementKind::kCount:
      case StatementKind::kEach:
      case StatementKind::kKeys:
      case StatementKind::kCharacters:
      case StatementKind::kYielded:
      case StatementKind::kWhile:
      case StatementKind::kLoop:
        return blocks_ < kMaxBlockDepth && loops_ < kMaxLoopDepth;
      case StatementKind::kContinue:
      case StatementKind::kBreak:
        return loops_ > 0;
      case StatementKind::kThrow:
        return tries_ > 0;
      case StatementKind::kSpawn:
        return !in_function_;
      default:
        return true;
    }
  }

  void AddStatement(StatementKind kind, Block& block) {
    Statement statement(kind);
    auto& at = statement.expressions;
    switch (kind) {
      case StatementKind::kDeclare:
        AddDeclaration(block);
        return;
      case StatementKind::kAssign:
        if (!GrowAssignment(statement)) return AddDeclaration(block);
        break;
      case StatementKind::kAssignIndex: {
        const auto array = Mutable(Type::kArray);
        if (!array) return AddDeclaration(block);
        statement.variables = {*array};
        at.push_back(IntLiteral(decisions_.Between(-2, 4)));
        at.push_back(Grow(Type::kInt));
        // Out of bounds more often than not outside a small array: keep the error near.
        return AddGuarded(std::move(statement), block);
      }
      case StatementKind::kAssignKey: {
        const auto dict = Mutable(Type::kDict);
        if (!dict) return AddDeclaration(block);
        statement.variables = {*dict};
        statement.text = kKeys[decisions_.Below(std::size(kKeys))];
        at.push_back(Kept(Type::kInt));
        break;
      }
      case StatementKind::kSwap: {
        const auto first = Mutable(Type::kInt);
        const auto second = Mutable(Type::kInt);
        if (!first || !second || *first == *second) return AddDeclaration(block);
        statement.variables = {*first, *second};
        at.push_back(Kept(Type::kInt));
        at.push_back(Kept(Type::kInt));
        break;
      }
      case StatementKind::kUnpack:
        at.push_back(Kept(Type::kInt));
        at.push_back(Kept(Type::kInt));
        for (Type type : {Type::kInt, Type::kInt, Type::kDict}) {
          statement.variables.push_back(NewVariable(type, Mutability::kLet));
        }
        for (int variable : statement.variables) Show(variable);
        break;
      case StatementKind::kPrint:
      case StatementKind::kSpawn:
        for (uint64_t i = 1 + decisions_.Below(3); i > 0; --i) {
          at.push_back(kind == StatementKind::kPrint ? Grow(AnyType()) : Leaf(AnyType()));
        }
        break;
      case StatementKind::kEvaluate:
        at.push_back(Wrap(Kind::kPipe, Leaf(Type::kInt)));
        break;
      case StatementKind::kIf:
        at.push_back(Grow(Type::kBool));
        statement.blocks.push_back(GrowBlock());
        statement.blocks.push_back(decisions_.Chance(50) ? GrowBlock() : Block{});
        break;
      case StatementKind::kCount:
      case StatementKind::kYielded:
        at.push_back(decisions_.Chance(50) ? IntLiteral(decisions_.Between(0, 5))
                                           : Wrap(Kind::kLenArray, Leaf(Type::kArray)));
        AddLoopVariable(statement, Type::kInt);
        break;
      case StatementKind::kEach:
        at.push_back(Wrap(Kind::kClipArray, Grow(Type::kArray)));
        AddLoopVariable(statement, Type::kInt);
        break;
      case StatementKind::kKeys:
        at.push_back(Leaf(Type::kDict));
        AddLoopVariable(statement, Type::kString);
        break;
      case StatementKind::kCharacters:
        at.push_back(Literal(Kind::kStringLiteral, 0,
                             std::string(kWords[decisions_.Below(std::size(kWords))])));
        AddLoopVariable(statement, Type::kString);
        break;
      case StatementKind::kWhile:
      case StatementKind::kLoop: {
        const int counter = NewVariable(Type::kInt, Mutability::kMut);
        Statement declare(StatementKind::kDeclare);
        declare.variables = {counter};
        declare.expressions.push_back(IntLiteral(0));
        block.push_back(std::move(declare));
        Show(counter);
        counters_.insert(counter);
        statement.variables = {counter};
        statement.number = decisions_.Between(0, 5);
        statement.blocks.push_back(GrowLoop());
        break;
      }
      case StatementKind::kContinue:
      case StatementKind::kBreak:
        at.push_back(Grow(Type::kBool));
        break;
      case StatementKind::kMatchInt:
        at.push_back(Grow(Type::kInt));
        statement.number = decisions_.Between(-3, 10);
        at.push_back(Grow(Type::kBool));
        for (int i = 0; i < 3; ++i) statement.blocks.push_back(GrowBlock());
        break;
      case StatementKind::kMatchString:
        at.push_back(Grow(Type::kString));
        statement.text = kWords[decisions_.Below(std::size(kWords))];
        for (int i = 0; i < 2; ++i) statement.blocks.push_back(GrowBlock());
        break;
      case StatementKind::kTry:
        ++tries_;
        statement.blocks.push_back(GrowBlock());
        --tries_;
        statement.blocks.push_back(GrowBlock());
        break;
      case StatementKind::kThrow:
        at.push_back(Grow(Type::kString));
        break;
      case StatementKind::kReturn:
      case StatementKind::kTest:
        break;
    }
    block.push_back(std::move(statement));
  }

  void AddLoopVariable(Statement& statement, Type type) {
    const int variable = NewVariable(type, Mutability::kBare);
    statement.variables = {variable};
    statement.blocks.push_back(GrowLoop({variable}));
  }

  void AddDeclaration(Block& block) {
    Statement statement(StatementKind::kDeclare);
    const Type type = AnyType();
    statement.expressions.push_back(Kept(type));
    const auto mutability = static_cast<Mutability>(decisions_.Weighted(std::array{10, 4, 4, 1}));
    statement.variables = {NewVariable(type, mutability)};
    const bool file_level = blocks_ == 0 && !in_function_;
    if (file_level && decisions_.Chance(5)) statement.text = "export ";
    Show(statement.variables[0]);
    block.push_back(std::move(statement));
  }

  // try { the statement } except …, unless it is in one.
  void AddGuarded(Statement statement, Block& block) {
    if (tries_ > 0) {
      block.push_back(std::move(statement));
      return;
    }
    Statement guard(StatementKind::kTry);
    guard.blocks.emplace_back();
    guard.blocks[0].push_back(std::move(statement));
    guard.blocks.emplace_back();
    block.push_back(std::move(guard));
  }

  bool GrowAssignment(Statement& statement) {
    const Type type = AnyType();
    // Now and then to what must not be changed, where the error is caught.
    const bool forbidden = tries_ > 0 && decisions_.Chance(10);
    const auto target =
        forbidden
            ? Visible(type,
                      [this](int variable) {
                        const Mutability mutability = program_.variables[variable].mutability;
                        return mutability == Mutability::kLet || mutability == Mutability::kConst;
                      })
            : Mutable(type);
    if (!target) return false;
    statement.variables = {*target};
    statement.text = ":=";
    if (forbidden) {
      statement.expressions.push_back(Leaf(type));
      return true;
    }
    if (type == Type::kInt && decisions_.Chance(50)) {
      static constexpr std::string_view kOperators[] = {"+=", "-=", "*="};
      statement.text = kOperators[decisions_.Below(tries_ > 0 ? 3 : 2)];
    }
    statement.expressions.push_back(Kept(type));
    return true;
  }

  Decisions& decisions_;
  Program program_;
  std::vector<std::vector<int>> scopes_;
  absl::flat_hash_set<int> counters_;  // variables that bound a loop: never assigned
  bool in_function_ = false;
  int blocks_ = 0;
  int loops_ = 0;
  int tries_ = 0;
};

}  // namespace

Program BuildProgram(Decisions& decisions, uint64_t size) { return Builder(decisions).Run(size); }

}  // namespace ruff::generator
