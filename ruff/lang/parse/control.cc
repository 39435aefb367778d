// Statements made of blocks: if, while, loop, for, try, spawn and tests.

#include "ruff/lang/parse/machine.h"

namespace ruff::parse {

// The header of a statement: an expression followed by a block.
Step Parser::Header(State state, uint32_t begin) {
  Push(state, begin);
  return Step::kOperand;
}

// --- if ---

Step Parser::StartIf() {
  const uint32_t begin = offset();
  ++token_;
  return Header(State::kIfCondition, begin);
}

Step Parser::OnIfCondition(NodeId value) {
  Top().state = State::kIfThen;
  Top().a = Raw(value);
  return OpenBlock(Body::kIf);
}

Step Parser::OnIfThen(NodeId value) {
  Top().state = State::kIfElse;
  Top().b = Raw(value);
  if (!Take(TokenKind::kElse)) return OnIfElse(kNoNode);
  return At(TokenKind::kIf) ? StartIf() : OpenBlock(Body::kElse);
}

Step Parser::OnIfElse(NodeId value) {
  const Frame frame = Pop();
  const uint32_t extra = ast_.AddExtra({frame.b, Raw(value)});
  return Complete(ast_.Add(NodeKind::kIf, frame.begin, end(), frame.a, extra));
}

// --- while, loop, for ---

Step Parser::StartLoop() {
  const uint32_t begin = offset();
  uint8_t flags = 0;
  if (Take(TokenKind::kLoop)) {
    if (!At(TokenKind::kWhile)) {
      Push(State::kBodyOnly, begin).op = static_cast<uint8_t>(NodeKind::kLoop);
      return OpenBlock(Body::kLoop);
    }
    flags = kLoopWhile;
  }
  ++token_;
  Push(State::kWhileCondition, begin).op = flags;
  return Step::kOperand;
}

Step Parser::OnWhileCondition(NodeId value) {
  Top().state = State::kWhileBody;
  Top().a = Raw(value);
  return OpenBlock(Top().op == kLoopWhile ? Body::kLoop : Body::kWhile);
}

Step Parser::OnWhileBody(NodeId value) {
  const Frame frame = Pop();
  const NodeId loop = ast_.Add(NodeKind::kWhile, frame.begin, end(), frame.a, Raw(value));
  ast_.node(loop).flags = frame.op;
  return Complete(loop);
}

Step Parser::StartFor() {
  const uint32_t begin = offset();
  const uint32_t name_offset = (++token_)->offset;
  NameId name;
  if (!ExpectName(&name, "Expected loop variable name after 'for'") ||
      !Expect(TokenKind::kIn, "in for loop")) {
    return Step::kFailed;
  }
  Frame& frame = Push(State::kForIterable, begin);
  frame.a = Raw(name);
  frame.c = name_offset;
  return Step::kOperand;
}

Step Parser::OnForIterable(NodeId value) {
  Top().state = State::kForBody;
  Top().b = Raw(value);
  return OpenBlock(Body::kFor);
}

Step Parser::OnForBody(NodeId value) {
  const Frame frame = Pop();
  const uint32_t extra = ast_.AddExtra({frame.b, Raw(value), frame.c});
  return Complete(ast_.Add(NodeKind::kFor, frame.begin, end(), frame.a, extra));
}

// --- try ---

Step Parser::OnTryBody(NodeId value) {
  if (!Expect(TokenKind::kExcept, "after try block")) return Step::kFailed;
  Frame& frame = Top();
  frame.state = State::kExceptBody;
  frame.a = Raw(value);
  frame.b = Raw(kNoName);
  frame.c = offset();
  if (!At(TokenKind::kLeftBrace)) {
    NameId name;
    if (!ExpectName(&name, "Expected exception variable after 'except'")) return Step::kFailed;
    frame.b = Raw(name);
  }
  return OpenBlock(Body::kExcept);
}

Step Parser::OnExceptBody(NodeId value) {
  const Frame frame = Pop();
  const uint32_t extra = ast_.AddExtra({frame.b, Raw(value), frame.c});
  return Complete(ast_.Add(NodeKind::kTryExcept, frame.begin, end(), frame.a, extra));
}

// --- a word and a block ---

Step Parser::StartBodyOnly(NodeKind kind, Body body) {
  Push(State::kBodyOnly, offset()).op = static_cast<uint8_t>(kind);
  ++token_;
  return OpenBlock(body);
}

Step Parser::OnBodyOnly(NodeId value) {
  const Frame frame = Pop();
  return Complete(ast_.Add(static_cast<NodeKind>(frame.op), frame.begin, end(), Raw(value)));
}

Step Parser::StartTest(NodeKind kind, Body body, std::string_view missing_name) {
  Frame& frame = Push(State::kTestBody, offset());
  ++token_;
  if (!At(TokenKind::kString)) return Fail(std::string(missing_name));
  frame.op = static_cast<uint8_t>(kind);
  frame.a = Raw(ast_.InternString(tokens_.Text(IndexOf(token_++))));
  return OpenBlock(body);
}

Step Parser::OnTestBody(NodeId value) {
  const Frame frame = Pop();
  return Complete(
      ast_.Add(static_cast<NodeKind>(frame.op), frame.begin, end(), frame.a, Raw(value)));
}

}  // namespace ruff::parse
