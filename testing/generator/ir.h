// Generated programs as a small typed tree: what the builder grows, the printer writes as Ruff
// source and the evaluator gives a meaning.
//
// The tree is simpler than the language, so that the evaluator can be trusted as an oracle:
// functions are declared before use and never recursive, so every variable of the program has a
// slot of its own; every loop is bounded; the depth of the tree is bounded by the builder, so all
// walks recurse.

#ifndef RUFF_TESTING_GENERATOR_IR_H_
#define RUFF_TESTING_GENERATOR_IR_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ruff::generator {

enum class Type : uint8_t { kInt, kBool, kString, kArray, kDict };
constexpr int kTypes = 5;

enum class ExpressionKind : uint8_t {
#define RUFF_EXPRESSION(name, type, weight, operands, text) k##name,
#include "testing/generator/expression.def"
};

struct ExpressionInfo {
  Type type;
  int weight;
  std::string_view operands;
  std::string_view text;
};

const ExpressionInfo& InfoOf(ExpressionKind kind);
constexpr int kExpressionKinds = 0
#define RUFF_EXPRESSION(name, type, weight, operands, text) +1
#include "testing/generator/expression.def"
    ;

struct Expression {
  explicit Expression(ExpressionKind kind) : kind(kind) {}

  ExpressionKind kind;
  int64_t number = 0;  // of a literal; the variable or function of kVariable and kCall
  std::string text;    // of a literal; a name; a dict key
  std::vector<Expression> parts;
};

enum class Mutability : uint8_t { kBare, kMut, kLet, kConst };

struct Variable {
  std::string name;
  Type type;
  Mutability mutability;
};

struct Statement;
using Block = std::vector<Statement>;

enum class StatementKind : uint8_t {
  kDeclare,      // variable := expression, in the way of its mutability
  kAssign,       // variable TEXT expression, TEXT one of := += -= *=
  kAssignIndex,  // variable[expression 0] := expression 1
  kAssignKey,    // variable["TEXT"] TEXT expression
  kSwap,         // [variable, variable] := [expression, expression]
  kUnpack,       // let {a, b} := dict: the two variables' names are the keys
  kPrint,        // all expressions
  kEvaluate,     // an expression as a statement
  kIf,           // expression, then block, else block or `else if` when the block is one kIf
  kCount,        // for variable in expression (an int)
  kEach,         // for variable in expression (an array)
  kKeys,         // for variable in expression (a dict)
  kCharacters,   // for variable in expression (a string)
  kYielded,      // for variable in upto(expression)
  kWhile,        // variable counts up to number; block
  kLoop,         // the same with `loop` and `break`
  kContinue,     // if expression { continue }
  kBreak,        // if expression { break }
  kMatchInt,     // subject; the blocks of case 0, case 1 if expression 1, default
  kMatchString,  // subject; case "TEXT", default
  kTry,          // block, except block after printing the message
  kThrow,        // throw(expression)
  kSpawn,        // spawn { print(expressions) }
  kReturn,       // from a function, expression
  kTest,         // a test block, which a run skips
};

struct Statement {
  explicit Statement(StatementKind kind) : kind(kind) {}

  StatementKind kind;
  std::vector<int> variables;
  std::vector<Expression> expressions;
  std::vector<Block> blocks;
  std::string text;
  int64_t number = 0;
};

struct Function {
  std::string name;
  bool is_async = false;
  std::vector<int> parameters;  // all ints
  Block body;                   // ends with kReturn of an int
};

struct Program {
  std::vector<Variable> variables;
  std::vector<Function> functions;
  Block body;
};

}  // namespace ruff::generator

#endif  // RUFF_TESTING_GENERATOR_IR_H_
