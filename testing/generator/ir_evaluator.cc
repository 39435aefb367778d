#include "testing/generator/ir_evaluator.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace ruff::generator {
namespace {

using Kind = ExpressionKind;

// A value; which part counts says the type of the expression it came from.
struct Value {
  int64_t number = 0;  // ints and bools
  std::string text;
  std::vector<int64_t> items;
  std::map<std::string, int64_t> entries;
};

Value Int(int64_t number) {
  Value value;
  value.number = number;
  return value;
}

Value Text(std::string text) {
  Value value;
  value.text = std::move(text);
  return value;
}

Value Items(std::vector<int64_t> items) {
  Value value;
  value.items = std::move(items);
  return value;
}

Value Entries(std::map<std::string, int64_t> entries) {
  Value value;
  value.entries = std::move(entries);
  return value;
}

std::string Printed(const Value& value, Type type) {
  switch (type) {
    case Type::kInt:
      return absl::StrCat(value.number);
    case Type::kBool:
      return value.number != 0 ? "true" : "false";
    case Type::kString:
      return value.text;
    case Type::kArray:
      return absl::StrCat("[", absl::StrJoin(value.items, ", "), "]");
    case Type::kDict:
      return absl::StrCat("{",
                          absl::StrJoin(value.entries, ", ",
                                        [](std::string* out, const auto& entry) {
                                          absl::StrAppend(out, "\"", entry.first,
                                                          "\": ", entry.second);
                                        }),
                          "}");
  }
  return "";
}

enum class Flow { kNext, kBreak, kContinue, kReturn, kThrow };

class Evaluator {
 public:
  explicit Evaluator(const Program& program)
      : program_(program), slots_(program.variables.size()) {}

  Expectation Run() {
    const Flow flow = Execute(program_.body);
    if (flow == Flow::kThrow) {
      result_.exit_code = 4;
    } else {
      RunSpawned();
    }
    return std::move(result_);
  }

 private:
  // Beyond them the program is too long, or the budget of awaits might suspend main by itself.
  static constexpr int64_t kMaxSteps = 500000;
  static constexpr int64_t kMaxAwaits = 9000;

  Value Throw(std::string message) {
    if (!thrown_) error_ = std::move(message);
    thrown_ = true;
    return {};
  }

  void Count(int64_t& counter, int64_t limit) {
    if (++counter > limit) {
      result_.known = false;
      Throw("budget");
    }
  }

  // Spawned blocks run when main suspends or ends, in order.
  void RunSpawned() {
    result_.output += spawned_;
    spawned_.clear();
  }

  Type TypeOf(const Expression& expression) const {
    if (expression.kind == Kind::kVariable) return program_.variables[expression.number].type;
    return InfoOf(expression.kind).type;
  }

  Value Arithmetic(int64_t a, char op, int64_t b) {
    int64_t sum = 0;
    bool overflow = false;
    if (op == '+') {
      overflow = __builtin_add_overflow(a, b, &sum);
    } else if (op == '-') {
      overflow = __builtin_sub_overflow(a, b, &sum);
    } else if (op == '*') {
      overflow = __builtin_mul_overflow(a, b, &sum);
    } else if (b == 0) {
      return Throw(op == '/' ? "Division by zero" : "Modulo by zero");
    } else if (a == std::numeric_limits<int64_t>::min() && b == -1) {
      overflow = true;
    } else {
      sum = op == '/' ? a / b : a % b;
    }
    if (overflow) {
      return Throw(absl::StrCat("Integer overflow: ", a, " ", std::string(1, op), " ", b));
    }
    return Int(sum);
  }

  Value Negate(int64_t a) {
    if (a == std::numeric_limits<int64_t>::min()) {
      return Throw(absl::StrCat("Integer overflow: -(", a, ")"));
    }
    return Int(-a);
  }

  Value Gcd(int64_t a, int64_t b) {
    while (b != 0 && !thrown_) a = std::exchange(b, Arithmetic(a, '%', b).number);
    return Int(a);
  }

  Value Call(const Expression& expression) {
    const Function& function = program_.functions[expression.number];
    std::vector<Value> arguments;
    for (const Expression& part : expression.parts) {
      arguments.push_back(Evaluate(part));
      if (thrown_) return {};
    }
    for (size_t i = 0; i < arguments.size(); ++i) {
      slots_[function.parameters[i]] = std::move(arguments[i]);
    }
    Execute(function.body);
    if (function.is_async) Count(awaits_, kMaxAwaits);
    return std::exchange(returned_, {});
  }

  Value Evaluate(const Expression& expression) {
    Count(steps_, kMaxSteps);
    if (thrown_) return {};
    switch (expression.kind) {
      case Kind::kCall:
        return Call(expression);
      case Kind::kVariable:
        return slots_[expression.number];
      case Kind::kIntLiteral:
      case Kind::kBoolLiteral:
        return Int(expression.number);
      case Kind::kStringLiteral:
        return Text(expression.text);
      case Kind::kAnd:
      case Kind::kOr: {
        const Value left = Evaluate(expression.parts[0]);
        if (thrown_ || (left.number != 0) == (expression.kind == Kind::kOr)) return left;
        return Evaluate(expression.parts[1]);
      }
      case Kind::kKeyOr: {
        const Value dict = Evaluate(expression.parts[0]);
        if (thrown_) return {};
        const auto entry = dict.entries.find(expression.text);
        return entry != dict.entries.end() ? Int(entry->second) : Evaluate(expression.parts[1]);
      }
      default:
        break;
    }
    Value operands[3];
    for (size_t i = 0; i < expression.parts.size(); ++i) {
      operands[i] = Evaluate(expression.parts[i]);
      if (thrown_) return {};
    }
    return Apply(expression, operands[0], operands[1], operands[2]);
  }

  Value Apply(const Expression& expression, Value& a, Value& b, Value& c) {
    switch (expression.kind) {
      case Kind::kAdd:
        return Arithmetic(a.number, '+', b.number);
      case Kind::kSubtract:
      case Kind::kPipeCall:
      case Kind::kLambda:
        return Arithmetic(a.number, '-', b.number);
      case Kind::kProduct:
      case Kind::kTagged:
        return Arithmetic(a.number % 1000003, '*', b.number % 1000003);
      case Kind::kSeventh:
        return Int(a.number / 7);
      case Kind::kRemainder:
        return Int(a.number % 5);
      case Kind::kMultiply:
        return Arithmetic(a.number, '*', b.number);
      case Kind::kDivide:
        return Arithmetic(a.number, '/', b.number);
      case Kind::kModulo:
        return Arithmetic(a.number, '%', b.number);
      case Kind::kNegate:
        return Negate(a.number);
      case Kind::kClipInt:
        return Int(a.number % 1000003);
      case Kind::kClipString:
        return a.text.size() > 40 ? Text("") : std::move(a);
      case Kind::kClipArray:
        return a.items.size() > 12 ? Value{} : std::move(a);
      case Kind::kLenString:
        return Int(static_cast<int64_t>(a.text.size()));
      case Kind::kLenArray:
        return Int(static_cast<int64_t>(a.items.size()));
      case Kind::kLenDict:
        return Int(static_cast<int64_t>(a.entries.size()));
      case Kind::kPick:
        return Int(Pick(a.items, b.number));
      case Kind::kIndex: {
        const int64_t size = static_cast<int64_t>(a.items.size());
        const int64_t index = b.number < 0 ? b.number + size : b.number;
        if (index < 0 || index >= size) {
          return Throw(absl::StrCat("Index out of bounds: ", b.number));
        }
        return Int(a.items[index]);
      }
      case Kind::kKey: {
        const auto entry = a.entries.find(expression.text);
        if (entry == a.entries.end()) {
          return Throw(absl::StrCat("Missing map key: \"", expression.text, "\""));
        }
        return Int(entry->second);
      }
      case Kind::kPipe:
        return Arithmetic(a.number, '+', a.number);
      case Kind::kCoalesce:
        return std::move(a);
      case Kind::kResultOr:
        return a.number < 0 ? std::move(b) : Int(a.number / 2);
      case Kind::kOptionOr:
        return a.number % 3 == 0 ? std::move(b) : std::move(a);
      case Kind::kClosure: {
        const Value once = Arithmetic(a.number, '+', 1);
        return thrown_ ? Value{} : Arithmetic(once.number, '+', 1);
      }
      case Kind::kGenerator: {
        const int64_t n = std::max<int64_t>(a.number % 10, 0);
        return Int(n * (n - 1) / 2);
      }
      case Kind::kAwaited:
        Count(awaits_, kMaxAwaits);
        return Arithmetic(a.number, '+', 1);
      case Kind::kSuspended:
        RunSpawned();
        return Arithmetic(a.number, '+', 1);
      case Kind::kPromiseAll: {
        Count(awaits_, kMaxAwaits);
        int64_t second = 0;
        for (int member = 0; member < 2; ++member) {
          second = Arithmetic(member == 0 ? a.number : b.number, '+', 1).number;
          if (!thrown_) continue;
          error_ = absl::StrCat("Promise rejected: Promise ", member, " rejected: ", error_);
          return {};
        }
        return Int(second);
      }
      case Kind::kMethod:
      case Kind::kOperator:
      case Kind::kMutation:
        return Arithmetic(a.number, '+', b.number);
      case Kind::kDefault:
        return Int(7);
      case Kind::kReduce: {
        int64_t sum = b.number;
        for (int64_t item : a.items) {
          sum = Arithmetic(sum, '+', item).number % 10007;
          if (thrown_) return {};
        }
        return Int(sum);
      }
      case Kind::kGcd:
        return Gcd(a.number, b.number);
      case Kind::kLess:
        return Int(a.number < b.number);
      case Kind::kLessEqual:
        return Int(a.number <= b.number);
      case Kind::kGreater:
        return Int(a.number > b.number);
      case Kind::kGreaterEqual:
        return Int(a.number >= b.number);
      case Kind::kEqual:
        return Int(a.number == b.number);
      case Kind::kNotEqual:
        return Int(a.number != b.number);
      case Kind::kSameString:
        return Int(a.text == b.text);
      case Kind::kLessString:
        return Int(a.text < b.text);
      case Kind::kSameArray:
        return Int(a.items == b.items);
      case Kind::kSameDict:
        return Int(a.entries == b.entries);
      case Kind::kNot:
        return Int(a.number == 0);
      case Kind::kContains:
        return Int(absl::StrContains(a.text, b.text));
      case Kind::kConcat:
        return Text(a.text + b.text);
      case Kind::kInterpolate:
        return Text(absl::StrCat("<", a.number, "|", b.text, ">"));
      case Kind::kIntToString:
        return Text(Printed(a, Type::kInt));
      case Kind::kBoolToString:
        return Text(Printed(a, Type::kBool));
      case Kind::kUpper:
        return Text(absl::AsciiStrToUpper(a.text));
      case Kind::kTypeOfArray:
        return Text("array");
      case Kind::kOne:
        return Items({a.number});
      case Kind::kThree:
        return Items({a.number, b.number, c.number});
      case Kind::kSpread:
      case Kind::kPush:
        a.items.push_back(b.number);
        return std::move(a);
      case Kind::kMap:
        for (int64_t& item : a.items) item %= 7;
        return std::move(a);
      case Kind::kFilter:
        std::erase_if(a.items, [](int64_t item) { return item % 2 != 0; });
        return std::move(a);
      case Kind::kSort:
        std::sort(a.items.begin(), a.items.end());
        return std::move(a);
      case Kind::kReverse:
        std::reverse(a.items.begin(), a.items.end());
        return std::move(a);
      case Kind::kRange: {
        std::vector<int64_t> items;
        for (int64_t i = 0; i < a.number % 8; ++i) items.push_back(i);
        return Items(std::move(items));
      }
      case Kind::kPair:
        return Entries({{"a", a.number}, {"b", b.number}});
      case Kind::kSpreadDict:
        a.entries[expression.text] = b.number;
        return std::move(a);
      default:
        return {};  // empty array, empty dict
    }
  }

  static int64_t Pick(const std::vector<int64_t>& items, int64_t number) {
    const int64_t size = static_cast<int64_t>(items.size());
    if (size == 0) return 0;
    const int64_t index = number % size;
    return items[index < 0 ? index + size : index];
  }

  Flow Execute(const Block& block) {
    for (const Statement& statement : block) {
      const Flow flow = Execute(statement);
      if (flow != Flow::kNext) return flow;
    }
    return Flow::kNext;
  }

  Flow After(Flow flow) const { return thrown_ ? Flow::kThrow : flow; }

  std::string PrintedList(const std::vector<Expression>& expressions) {
    std::vector<std::string> texts;
    for (const Expression& expression : expressions) {
      const Value value = Evaluate(expression);
      if (thrown_) return "";
      texts.push_back(Printed(value, TypeOf(expression)));
    }
    return absl::StrCat(absl::StrJoin(texts, " "), "\n");
  }

  // Runs the body of a loop for each value; the loop is over when that is not kNext or kContinue.
  template <typename Values, typename Convert>
  Flow Each(const Statement& statement, const Values& values, Convert convert) {
    for (const auto& value : values) {
      slots_[statement.variables[0]] = convert(value);
      const Flow flow = Execute(statement.blocks[0]);
      if (flow == Flow::kBreak) break;
      if (flow == Flow::kReturn || flow == Flow::kThrow) return flow;
    }
    return Flow::kNext;
  }

  Flow Execute(const Statement& statement) {
    Count(steps_, kMaxSteps);
    if (thrown_) return Flow::kThrow;
    const auto& at = statement.expressions;
    switch (statement.kind) {
      case StatementKind::kDeclare: {
        Value value = Evaluate(at[0]);
        if (!thrown_) slots_[statement.variables[0]] = std::move(value);
        break;
      }
      case StatementKind::kAssign:
        Assign(statement);
        break;
      case StatementKind::kAssignIndex:
        AssignIndex(statement);
        break;
      case StatementKind::kAssignKey: {
        const Value value = Evaluate(at[0]);
        if (!thrown_) slots_[statement.variables[0]].entries[statement.text] = value.number;
        break;
      }
      case StatementKind::kSwap: {
        Value first = Evaluate(at[0]);
        Value second = Evaluate(at[1]);
        if (thrown_) break;
        slots_[statement.variables[0]] = std::move(first);
        slots_[statement.variables[1]] = std::move(second);
        break;
      }
      case StatementKind::kUnpack: {
        Value first = Evaluate(at[0]);
        Value second = Evaluate(at[1]);
        if (thrown_) break;
        slots_[statement.variables[0]] = std::move(first);
        slots_[statement.variables[1]] = std::move(second);
        slots_[statement.variables[2]] = Entries({{"rest", 1}});
        break;
      }
      case StatementKind::kPrint: {
        const std::string line = PrintedList(at);
        if (!thrown_) result_.output += line;
        break;
      }
      case StatementKind::kEvaluate:
        Evaluate(at[0]);
        break;
      case StatementKind::kIf: {
        const Value condition = Evaluate(at[0]);
        if (thrown_) break;
        return Execute(statement.blocks[condition.number != 0 ? 0 : 1]);
      }
      case StatementKind::kCount:
      case StatementKind::kYielded: {
        const Value count = Evaluate(at[0]);
        std::vector<int64_t> numbers;
        for (int64_t i = 0; !thrown_ && i < count.number; ++i) numbers.push_back(i);
        return After(Each(statement, numbers, Int));
      }
      case StatementKind::kEach: {
        const Value array = Evaluate(at[0]);
        return After(Each(statement, array.items, Int));
      }
      case StatementKind::kKeys: {
        const Value dict = Evaluate(at[0]);
        return After(Each(statement, dict.entries, [](const auto& e) { return Text(e.first); }));
      }
      case StatementKind::kCharacters: {
        const Value text = Evaluate(at[0]);
        return After(Each(statement, text.text, [](char c) { return Text(std::string(1, c)); }));
      }
      case StatementKind::kWhile:
      case StatementKind::kLoop: {
        int64_t& counter = slots_[statement.variables[0]].number;
        while (counter < statement.number) {
          ++counter;
          const Flow flow = Execute(statement.blocks[0]);
          if (flow == Flow::kBreak) break;
          if (flow == Flow::kReturn || flow == Flow::kThrow) return flow;
        }
        break;
      }
      case StatementKind::kContinue:
      case StatementKind::kBreak: {
        const Value condition = Evaluate(at[0]);
        if (thrown_ || condition.number == 0) break;
        return statement.kind == StatementKind::kBreak ? Flow::kBreak : Flow::kContinue;
      }
      case StatementKind::kMatchInt: {
        const Value subject = Evaluate(at[0]);
        if (thrown_) break;
        if (subject.number == statement.number) return Execute(statement.blocks[0]);
        const Value guard = Evaluate(at[1]);
        if (thrown_) break;
        return Execute(statement.blocks[guard.number != 0 ? 1 : 2]);
      }
      case StatementKind::kMatchString: {
        const Value subject = Evaluate(at[0]);
        if (thrown_) break;
        return Execute(statement.blocks[subject.text == statement.text ? 0 : 1]);
      }
      case StatementKind::kTry: {
        const Flow flow = Execute(statement.blocks[0]);
        if (flow != Flow::kThrow || !result_.known) return flow;
        thrown_ = false;
        absl::StrAppend(&result_.output, "caught ", error_, "\n");
        return Execute(statement.blocks[1]);
      }
      case StatementKind::kThrow: {
        Value message = Evaluate(at[0]);
        if (!thrown_) Throw(std::move(message.text));
        break;
      }
      case StatementKind::kSpawn: {
        absl::StrAppend(&spawned_, "spawned ", PrintedList(at));
        break;
      }
      case StatementKind::kReturn:
        returned_ = Evaluate(at[0]);
        return After(Flow::kReturn);
      case StatementKind::kTest:
        break;
    }
    return After(Flow::kNext);
  }

  void Assign(const Statement& statement) {
    const Variable& variable = program_.variables[statement.variables[0]];
    Value old = slots_[statement.variables[0]];
    Value value = Evaluate(statement.expressions[0]);
    if (thrown_) return;
    if (statement.text != ":=") {
      value = variable.type == Type::kString
                  ? Text(old.text + value.text)
                  : Arithmetic(old.number, statement.text[0], value.number);
      if (thrown_) return;
    }
    if (variable.mutability == Mutability::kLet || variable.mutability == Mutability::kConst) {
      Throw(absl::StrCat("Cannot reassign ",
                         variable.mutability == Mutability::kLet ? "immutable let" : "const",
                         " binding: ", variable.name));
      return;
    }
    slots_[statement.variables[0]] = std::move(value);
  }

  void AssignIndex(const Statement& statement) {
    const Value value = Evaluate(statement.expressions[1]);
    const Value index = Evaluate(statement.expressions[0]);
    if (thrown_) return;
    std::vector<int64_t>& items = slots_[statement.variables[0]].items;
    const int64_t size = static_cast<int64_t>(items.size());
    const int64_t place = index.number < 0 ? index.number + size : index.number;
    if (place < 0 || place >= size) {
      Throw(absl::StrCat("Index out of bounds: ", index.number));
      return;
    }
    items[place] = value.number;
  }

  const Program& program_;
  std::vector<Value> slots_;
  Expectation result_;
  std::string spawned_;
  Value returned_;
  std::string error_;
  bool thrown_ = false;
  int64_t steps_ = 0;
  int64_t awaits_ = 0;
};

}  // namespace

Expectation Evaluate(const Program& program) { return Evaluator(program).Run(); }

}  // namespace ruff::generator
