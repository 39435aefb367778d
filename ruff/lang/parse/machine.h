// The parser as a stack machine.
//
// Programs nest without bound, so the parser must not nest calls. What a recursive parser would
// keep in its call frames is kept in explicit ones (state.def): a Frame is a construct under way,
// and its state says what was missing. The machine repeats one step:
//
//   kOperand    an expression must begin here: read an operand, or open a bracket around one
//   kOperator   `value_` is an operand: read what continues it, `.name`, `(`, `+`, …
//   kStatement  a statement must begin here
//   kComplete   `value_` is the expression, block or statement the top frame waited for: resume it
//   kFailed     an error was reported: drop the frames and look for a place to go on
//   kDone       the tokens are used up
//
// A step returns the next one. So `if` is read by StartStatement, which pushes IfCondition and
// returns kOperand; OnIfCondition turns the frame into IfThen and opens the block; OnIfThen looks
// for `else`; and so on. An `else if` chain is a column of IfElse frames, unwound at its end.
//
// Operators use precedence climbing on the same stack: at most one Binary frame per precedence
// stands above a construct, so chains of any length take constant room.
//
// The items of lists are collected on a scratch stack and copied to the tree when a list closes.
//
// Errors make any function return kFailed or false at once; nothing has to be cleaned up, since the
// frames are plain data.
//
// The member functions are defined in one file per family of constructs.

#ifndef RUFF_LANG_PARSE_MACHINE_H_
#define RUFF_LANG_PARSE_MACHINE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ruff/base/bulk_vector.h"
#include "ruff/lang/ast/ast.h"
#include "ruff/lang/diagnostics/diagnostic.h"
#include "ruff/lang/lex/token_buffer.h"
#include "ruff/lang/parse/parser.h"

namespace ruff::parse {

enum class Step : uint8_t { kOperand, kOperator, kStatement, kComplete, kFailed, kDone };

enum class State : uint8_t {
#define RUFF_STATE(name, operands) k##name,
#include "ruff/lang/parse/state.def"
};

enum class Body : uint8_t {
#define RUFF_BODY(name, text) k##name,
#include "ruff/lang/parse/body.def"
};

enum class FunctionForm : uint8_t { kDeclaration, kMethod, kLambda };

struct Frame {
  State state;
  uint8_t op;
  uint16_t depth;  // expression depth around the construct
  uint32_t begin;  // offset of its first character
  uint32_t a, b, c;
  uint32_t base;
};
static_assert(sizeof(Frame) == 24);

class Parser {
 public:
  Parser(const TokenBuffer& tokens, const ParseLimits& limits, DiagnosticList* diagnostics);

  std::optional<Ast> Run();

 private:
  // --- parser.cc: the machine, frames, tokens ---------------------------------------------------

  Step Resume();

  Frame& Top() { return stack_.back(); }
  Frame& Push(State state, uint32_t begin);
  // Push of a construct that counts as a level of expression nesting; null if that is one too many.
  Frame* Nest(State state, uint32_t begin, std::string_view what);
  bool CheckExpressionDepth(size_t depth, std::string_view what);
  Frame Pop();

  TokenKind kind() const { return token_->kind; }
  bool At(TokenKind kind) const { return token_->kind == kind; }
  bool NextIs(TokenKind kind) const {
    return token_->kind != TokenKind::kEof && token_[1].kind == kind;
  }
  bool Take(TokenKind kind);
  uint32_t offset() const { return token_->offset; }
  uint32_t IndexOf(const Token* token) const {
    return static_cast<uint32_t>(token - tokens_.begin());
  }
  // Offset behind the last token taken.
  uint32_t end() const;
  std::string_view Spelling(const Token& token) const;
  NameId Name(const Token& token);

  // A value that is finished (`Complete`) or may be continued by operators (`Operand`).
  Step Complete(NodeId value);
  Step Operand(NodeId value, uint32_t begin);
  // Ends the list of `frame`.
  uint32_t TakeList(uint32_t base);

  // --- recovery.cc: diagnostics -----------------------------------------------------------------

  // Reports `message` at the current token; false.
  bool Error(std::string message);
  bool ErrorFound(std::string_view expected);  // "<expected> but found <token>"
  Step Fail(std::string message);
  Step FailFound(std::string_view expected);
  // Takes a token of `kind`, or reports "Expected '<kind>' <context> but found <token>".
  bool Expect(TokenKind kind, std::string_view context);
  bool ExpectName(NameId* name, std::string message);

  Step Recover();
  bool AtFreshStatement() const;
  void FindPartners();
  const Token* EndOfBrokenBracket(const Token* first, const Token* error);

  // --- expression.cc: operands, operators, brackets of one expression ---------------------------

  Step StartOperand();
  Step StartName();
  Step ContinueOperand();
  void ReduceBinary(int precedence);
  Step StartPrefix(NodeKind kind);
  Step StartYield();
  Step Member(NodeKind field, NodeKind call, std::string_view missing);

  // --- arguments.cc: argument lists -------------------------------------------------------------

  Step StartArguments(Frame* frame);
  Step NextArgument(std::string_view context);
  Step CloseArguments();
  Step StartTag(NameId enum_name, uint32_t begin);
  Step StartThrow(uint32_t begin);
  Step StartWrapper(NodeKind kind, uint32_t begin);

  // --- literal.cc: numbers, strings, arrays, dicts, struct literals -----------------------------

  Step Number();
  NodeId AddValue(NodeKind kind, uint32_t begin, uint64_t bits);
  Step StartInterpolation();
  Step NextPart();
  Step StartArray();
  Step NextArrayItem();
  Step StartDict();
  Step NextDictItem();
  bool AtStructLiteral();
  bool InHeader() const;
  Step StartStructLiteral(NameId name, uint32_t begin);
  Step NextFieldInit();

  // --- statement.cc: lists of statements, statements without blocks -----------------------------

  Step NextStatement();
  Step StartStatement();
  bool ExpectBrace(Body body);
  bool ExpectEndBrace(Body body);
  Step OpenBlock(Body body);
  Step StartLet(bool is_mutable);
  Step StartConst();
  Step StartDestructuring();
  bool ExpectBindingOperator(std::string_view context);
  bool IsTarget(NodeId id) const;
  Step FinishAssignment(NodeId statement);
  Step StartReturn();
  Step Import();
  Step FromImport();

  // --- control.cc: if, while, loop, for, try, spawn, tests --------------------------------------

  Step Header(State state, uint32_t begin);
  Step StartIf();
  Step StartLoop();
  Step StartFor();
  Step StartBodyOnly(NodeKind kind, Body body);
  Step StartTest(NodeKind kind, Body body, std::string_view missing_name);

  // --- match.cc ---------------------------------------------------------------------------------

  Step NextArm();
  Step StartArmBody(Body body);
  bool CasePattern(NodeId* pattern);
  bool CaseName(NodeId* pattern);

  // --- function.cc: functions, structs, enums ---------------------------------------------------

  Step StartFunction(FunctionForm form);
  bool Parameters(FunctionForm form, FunctionNode* function);
  Step Enum();
  Step StartStruct();
  Step NextMember();

  // --- pattern.cc -------------------------------------------------------------------------------

  bool AtDestructuring() const;
  bool Pattern(NodeId* pattern);
  bool PatternElement(NodeId* pattern);
  NodeId NamePattern();
  bool RestPattern(TokenKind closing, NodeId* pattern);
  bool DictPattern(NodeId* pattern);

  // --- type.cc ----------------------------------------------------------------------------------

  bool Annotation(NodeId* type);  // kNoNode if there is none
  bool Type(NodeId* type);
  NodeId TypeSuffixes(NodeId type, uint32_t begin);
  bool TypeError(char missing, NameId generic);

  // --- resumption, one function per state -------------------------------------------------------

#define RUFF_STATE(name, operands) Step On##name(NodeId value);
#include "ruff/lang/parse/state.def"

  // A bracketed pattern or type under way.
  struct Nested {
    NameId name;  // of a generic type
    uint32_t begin;
    uint32_t base;
  };

  const TokenBuffer& tokens_;
  const std::string_view text_;
  const uint32_t max_expression_depth_;
  const uint32_t max_block_depth_;
  const uint32_t max_diagnostics_;
  DiagnosticList* const diagnostics_;

  const Token* token_;            // the current one
  const Token* statement_start_;  // of the top-level statement
  std::vector<Frame> stack_;
  BulkVector<uint32_t> scratch_;
  std::vector<Nested> nested_;
  uint32_t expression_depth_ = 0;
  uint32_t block_depth_ = 0;
  NodeId value_ = kNoNode;
  uint32_t value_begin_ = 0;  // before the node's own begin if it stands in parentheses

  // Names met lately, by a cheap hash: most names of a program repeat.
  std::array<NameId, 256> recent_names_{};

  size_t error_count_ = 0;
  const Token* error_token_ = nullptr;  // where the last error was met
  bool quiet_ = false;                  // errors follow from one already reported
  std::vector<uint32_t> partners_;      // per token, of a bracket: index of the closing one, or 0
  Ast ast_;
};

// Words that mean something in one place only; interned first, so that their ids are these.
enum class Word : uint32_t {
  kThrow,
  kOk,
  kErr,
  kSome,
  kNone,
  kUnderscore,
  kResult,
  kOption,
  kCount
};

inline bool Is(NameId name, Word word) { return Raw(name) == static_cast<uint32_t>(word); }

}  // namespace ruff::parse

#endif  // RUFF_LANG_PARSE_MACHINE_H_
