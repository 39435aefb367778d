// Statements, functions, structs, patterns and types.

#include "ruff/lang/ast/printer_machine.h"

namespace ruff::print {

// --- statements ---

void Printer::Statement(const Node& n) {
  switch (n.kind) {
    case NodeKind::kLet:
      Put((n.flags & kMutable) != 0 ? "mut " : "let ");
      PutNode(n.a);
      PutType(NodeId{ast_.extra(n.b, 1)});
      Put(" := ");
      return PutNode(ast_.extra(n.b, 0));
    case NodeKind::kConst:
      Put("const ");
      Put(NameId{n.a});
      PutType(NodeId{ast_.extra(n.b, 1)});
      Put(" := ");
      return PutNode(ast_.extra(n.b, 0));
    case NodeKind::kDestructureAssign:
      PutNode(n.a);
      Put(" := ");
      return PutNode(n.b);
    case NodeKind::kAssign:
      PutNode(n.a);
      Put(" ");
      Put(Spelling(static_cast<AssignOp>(n.op)));
      Put(" ");
      return PutNode(n.b);
    case NodeKind::kFuncDecl:
      return Function(ast_.function(n.a));
    case NodeKind::kEnumDecl: {
      Put("enum ");
      Put(NameId{n.a});
      Put(" {");
      std::string_view separator = " ";
      for (uint32_t variant : ast_.list(n.b)) {
        Put(separator);
        Put(NameId{variant});
        separator = ", ";
      }
      return Put(ast_.list(n.b).empty() ? "}" : " }");
    }
    case NodeKind::kStructDecl:
      return Struct(ast_.structure(n.a));
    case NodeKind::kMatch:
      Put("match ");
      PutHeader(n.a);
      Put(" {");
      PutLines(ast_.list(n.b));
      Put(Item::kLine);
      return Put("}");
    case NodeKind::kMatchArm:
      if (n.a == Raw(kNoNode)) {
        Put("default");
      } else {
        Put("case ");
        PutNode(n.a);
      }
      if (const uint32_t guard = ast_.extra(n.b, 0); guard != Raw(kNoNode)) {
        Put(" if ");
        PutHeader(guard);
      }
      Put(": ");
      return PutNode(ast_.extra(n.b, 1));
    case NodeKind::kIf:
      Put("if ");
      PutHeader(n.a);
      Put(" ");
      PutNode(ast_.extra(n.b, 0));
      if (const uint32_t other = ast_.extra(n.b, 1); other != Raw(kNoNode)) {
        Put(" else ");
        PutNode(other);
      }
      return;
    case NodeKind::kWhile:
      Put((n.flags & kLoopWhile) != 0 ? "loop while " : "while ");
      PutHeader(n.a);
      Put(" ");
      return PutNode(n.b);
    case NodeKind::kLoop:
      Put("loop ");
      return PutNode(n.a);
    case NodeKind::kFor:
      Put("for ");
      Put(NameId{n.a});
      Put(" in ");
      PutHeader(ast_.extra(n.b, 0));
      Put(" ");
      return PutNode(ast_.extra(n.b, 1));
    case NodeKind::kBlock:
      Put("{");
      Put(Item::kIndent);
      PutLines(ast_.list(n.a));
      Put(Item::kDedent);
      if (!ast_.list(n.a).empty()) Put(Item::kLine);
      return Put("}");
    case NodeKind::kReturn:
      Put("return");
      if (n.a == Raw(kNoNode)) return Put(Item::kOpenEnd);
      Put(" ");
      return PutNode(n.a);
    case NodeKind::kBreak:
      return Put("break");
    case NodeKind::kContinue:
      return Put("continue");
    case NodeKind::kTryExcept:
      Put("try ");
      PutNode(n.a);
      Put(" except ");
      if (const NameId name{ast_.extra(n.b, 0)}; name != kNoName) {
        Put(name);
        Put(" ");
      }
      return PutNode(ast_.extra(n.b, 1));
    case NodeKind::kImport: {
      const bool has_symbols = (n.flags & kHasSymbols) != 0;
      Put(has_symbols ? "from " : "import ");
      Put(ast_.string(n.a));
      std::string_view separator = " import ";
      for (uint32_t symbol : ast_.list(n.b)) {
        Put(separator);
        Put(NameId{symbol});
        separator = ", ";
      }
      return;
    }
    case NodeKind::kExport:
      Put("export ");
      return PutNode(n.a);
    case NodeKind::kSpawn:
      Put("spawn ");
      return PutNode(n.a);
    case NodeKind::kTest:
    case NodeKind::kTestGroup:
      Write(n.kind == NodeKind::kTest ? "test " : "test_group ");
      WriteQuoted(ast_.string(n.a));
      Put(" ");
      return PutNode(n.b);
    case NodeKind::kTestSetup:
      Put("test_setup ");
      return PutNode(n.a);
    case NodeKind::kTestTeardown:
      Put("test_teardown ");
      return PutNode(n.a);
    case NodeKind::kExprStmt:
      return PutNode(n.a);
    default:
      return;
  }
}

void Printer::Function(const FunctionNode& f) {
  if (f.is_async) Put("async ");
  Put(f.is_generator ? "func*" : "func");
  if (f.name != kNoName) {
    Put(" ");
    Put(f.name);
  }
  Put("(");
  std::string_view separator;
  for (const Parameter& parameter : f.parameters) {
    Put(separator);
    Put(parameter.name);
    PutType(parameter.type);
    separator = ", ";
  }
  Put(")");
  if (f.return_type != kNoNode) {
    Put(" -> ");
    PutNode(Raw(f.return_type));
  }
  Put(" ");
  PutNode(Raw(f.body));
}

void Printer::Struct(const StructNode& s) {
  Put("struct ");
  Put(s.name);
  Put(" {");
  Put(Item::kIndent);
  for (const StructField& field : s.fields) {
    Put(Item::kLine);
    Put(field.name);
    PutType(field.type);
    if (field.default_value == kNoNode) continue;
    Put(" = ");
    PutNode(Raw(field.default_value));
  }
  for (FunctionId method : s.methods) {
    Put(Item::kLine);
    Function(ast_.function(Raw(method)));
  }
  Put(Item::kDedent);
  if (!s.fields.empty() || !s.methods.empty()) Put(Item::kLine);
  Put("}");
}

// --- patterns and types ---

void Printer::Pattern(const Node& n) {
  switch (n.kind) {
    case NodeKind::kPatternName:
      return Put(NameId{n.a});
    case NodeKind::kPatternIgnore:
    case NodeKind::kCaseWildcard:
      return Put("_");
    case NodeKind::kPatternArray:
      Put("[");
      PutList(n.a);
      return Put("]");
    case NodeKind::kPatternDict:
      Put("{");
      PutList(n.a);
      return Put("}");
    case NodeKind::kPatternRest:
      Put("...");
      return Put(NameId{n.a});
    case NodeKind::kCaseLiteral:
      return PutNode(n.a);
    case NodeKind::kCaseName:
      Put(NameId{n.a});
      break;
    case NodeKind::kCaseVariant:
      Put(NameId{ast_.extra(n.a, 0)});
      Put("::");
      Put(NameId{ast_.extra(n.a, 1)});
      break;
    default:
      return;
  }
  if ((n.flags & kHasParens) != 0) PutCall(n.b);
}

void Printer::Type(const Node& n) {
  switch (n.kind) {
    case NodeKind::kTypeNullable:
      PutNode(n.a);
      return Put("?");
    case NodeKind::kTypeList:
      PutNode(n.a);
      return Put("[]");
    default:
      Put(NameId{n.a});
      if (ast_.list(n.b).empty()) return;
      Put("<");
      PutList(n.b);
      return Put(">");
  }
}

}  // namespace ruff::print
