#include "ruff/lang/parse/token_role.h"

namespace ruff::parse {

bool IsStatementKeyword(TokenKind kind) {
  switch (kind) {
    case TokenKind::kLet:
    case TokenKind::kMut:
    case TokenKind::kConst:
    case TokenKind::kEnum:
    case TokenKind::kStruct:
    case TokenKind::kIf:
    case TokenKind::kFor:
    case TokenKind::kWhile:
    case TokenKind::kLoop:
    case TokenKind::kMatch:
    case TokenKind::kReturn:
    case TokenKind::kBreak:
    case TokenKind::kContinue:
    case TokenKind::kTry:
    case TokenKind::kSpawn:
    case TokenKind::kTest:
    case TokenKind::kTestSetup:
    case TokenKind::kTestTeardown:
    case TokenKind::kTestGroup:
    case TokenKind::kImport:
    case TokenKind::kFrom:
    case TokenKind::kExport:
      return true;
    default:
      return false;
  }
}

bool CanBeginStatement(TokenKind kind) {
  switch (kind) {
    case TokenKind::kIdentifier:
    case TokenKind::kInt:
    case TokenKind::kFloat:
    case TokenKind::kString:
    case TokenKind::kInterpolationStart:
    case TokenKind::kTrue:
    case TokenKind::kFalse:
    case TokenKind::kNull:
    case TokenKind::kLeftBracket:
    case TokenKind::kLeftBrace:
    case TokenKind::kLeftParen:
    case TokenKind::kFunc:
    case TokenKind::kAsync:
      return true;
    default:
      return IsStatementKeyword(kind);
  }
}

}  // namespace ruff::parse
