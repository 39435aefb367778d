#include "testing/generator/ir_printer.h"

#include <string>
#include <string_view>

namespace ruff::generator {
namespace {

// What the texts of expression.def call. Their meaning in C++ is in ir_evaluator.cc.
constexpr std::string_view kPrologue = R"(enum Shape { Dot, Rect }
struct Point {
    x: int
    y: int = 7
    func sum(self) { return self.x + self.y }
    func op_add(self, other) { return Point { x: self.x + other.x, y: self.y + other.y } }
    func move(self, by) { self.x += by }
}
func twice(x) { return x + x }
func minus(a, b) { return a - b }
func clip_int(x) { return x % 1000003 }
func clip_string(s) {
    if len(s) > 40 { return "" }
    return s
}
func clip_array(xs) {
    if len(xs) > 12 { return [] }
    return xs
}
func pick(xs, i) {
    if len(xs) == 0 { return 0 }
    return xs[i % len(xs)]
}
func checked(x) {
    if x < 0 { return Err("negative") }
    return Ok(x)
}
func half(x) { return Ok(checked(x)? / 2) }
func result_or(r, fallback) {
    match r {
        case Ok(v): { return v }
        case Err(e): { return fallback }
    }
}
func maybe(x) {
    if x % 3 == 0 { return None }
    return Some(x)
}
func option_or(o, fallback) {
    match o {
        case Some(v) { return v }
        default { return fallback }
    }
}
func area(shape) {
    match shape {
        case Shape::Rect(w, h): { return w * h }
        default: { return 0 }
    }
}
func count_up(n) {
    count := n
    step := func() {
        count += 1
        return count
    }
    step()
    return step()
}
func* upto(n) {
    i := 0
    loop while i < n {
        yield i
        i += 1
    }
}
func total(numbers) {
    sum := 0
    for n in numbers { sum += n }
    return sum
}
async func increment(x) { return x + 1 }
async func increment_later(x) {
    await async_sleep(0)
    return x + 1
}
func moved(x, by) {
    p := Point { x: x, y: 0 }
    p.move(by)
    return p.x
}
func gcd(a, b) {
    if b == 0 { return a }
    return gcd(b, a % b)
}
)";

class Printer {
 public:
  Printer(const Program& program, Sink& sink) : program_(program), sink_(sink) {}

  void Run() {
    sink_.Write(kPrologue);
    for (const Function& function : program_.functions) {
      sink_.Write(function.is_async ? "async func " : "func ", function.name, "(");
      for (size_t i = 0; i < function.parameters.size(); ++i) {
        sink_.Write(i > 0 ? ", " : "", Name(function.parameters[i]));
      }
      sink_.Write(") {\n");
      PrintBlock(function.body);
      sink_.Write("}\n");
    }
    for (const Statement& statement : program_.body) PrintStatement(statement);
  }

 private:
  const std::string& Name(int variable) const { return program_.variables[variable].name; }

  void Indent() {
    for (int i = 0; i < depth_; ++i) sink_.Write("    ");
  }

  void PrintBlock(const Block& block) {
    ++depth_;
    for (const Statement& statement : block) PrintStatement(statement);
    --depth_;
  }

  // HEAD {, the block, }
  void PrintBraced(const Block& block) {
    sink_.Write(" {\n");
    PrintBlock(block);
    Indent();
    sink_.Write("}");
  }

  void PrintList(const std::vector<Expression>& expressions) {
    for (size_t i = 0; i < expressions.size(); ++i) {
      if (i > 0) sink_.Write(", ");
      Print(expressions[i]);
    }
  }

  void Print(const Expression& expression) {
    if (expression.kind == ExpressionKind::kVariable) {
      sink_.Write(Name(static_cast<int>(expression.number)));
      return;
    }
    if (expression.kind == ExpressionKind::kCall) {
      const Function& function = program_.functions[expression.number];
      sink_.Write(function.is_async ? "await " : "", function.name, "(");
      PrintList(expression.parts);
      sink_.Write(")");
      return;
    }
    const std::string_view text = InfoOf(expression.kind).text;
    for (size_t i = 0; i < text.size(); ++i) {
      const bool placeholder = text[i] == '$' && i + 1 < text.size() && text[i + 1] != '{';
      if (!placeholder) {
        sink_.Write(text.substr(i, 1));
      } else if (text[++i] == 't') {
        sink_.Write(expression.text);
      } else {
        Print(expression.parts[text[i] - '0']);
      }
    }
  }

  void PrintStatement(const Statement& statement) {
    Indent();
    const auto& at = statement.expressions;
    switch (statement.kind) {
      case StatementKind::kDeclare: {
        static constexpr std::string_view kWords[] = {"", "mut ", "let ", "const "};
        const Variable& variable = program_.variables[statement.variables[0]];
        sink_.Write(statement.text, kWords[static_cast<int>(variable.mutability)], variable.name,
                    " := ");
        Print(at[0]);
        break;
      }
      case StatementKind::kAssign:
        sink_.Write(Name(statement.variables[0]), " ", statement.text, " ");
        Print(at[0]);
        break;
      case StatementKind::kAssignIndex:
        sink_.Write(Name(statement.variables[0]), "[");
        Print(at[0]);
        sink_.Write("] := ");
        Print(at[1]);
        break;
      case StatementKind::kAssignKey:
        sink_.Write(Name(statement.variables[0]), "[\"", statement.text, "\"] := ");
        Print(at[0]);
        break;
      case StatementKind::kSwap:
        sink_.Write("[", Name(statement.variables[0]), ", ", Name(statement.variables[1]),
                    "] := [");
        PrintList(at);
        sink_.Write("]");
        break;
      case StatementKind::kUnpack:
        sink_.Write("let {", Name(statement.variables[0]), ", ", Name(statement.variables[1]),
                    ", ...", Name(statement.variables[2]), "} := {\"", Name(statement.variables[0]),
                    "\": ");
        Print(at[0]);
        sink_.Write(", \"rest\": 1, \"", Name(statement.variables[1]), "\": ");
        Print(at[1]);
        sink_.Write("}");
        break;
      case StatementKind::kPrint:
        sink_.Write("print(");
        PrintList(at);
        sink_.Write(")");
        break;
      case StatementKind::kEvaluate:
        Print(at[0]);
        break;
      case StatementKind::kIf:
        PrintIf(statement);
        break;
      case StatementKind::kCount:
      case StatementKind::kEach:
      case StatementKind::kKeys:
      case StatementKind::kCharacters:
        sink_.Write("for ", Name(statement.variables[0]), " in ");
        Print(at[0]);
        PrintBraced(statement.blocks[0]);
        break;
      case StatementKind::kYielded:
        sink_.Write("for ", Name(statement.variables[0]), " in upto(");
        Print(at[0]);
        sink_.Write(")");
        PrintBraced(statement.blocks[0]);
        break;
      case StatementKind::kWhile:
        sink_.Write("while ", Name(statement.variables[0]), " < ", statement.number, " {\n");
        PrintCounting(statement);
        break;
      case StatementKind::kLoop:
        sink_.Write("loop {\n");
        ++depth_;
        Indent();
        sink_.Write("if ", Name(statement.variables[0]), " >= ", statement.number, " { break }\n");
        --depth_;
        PrintCounting(statement);
        break;
      case StatementKind::kContinue:
      case StatementKind::kBreak:
        sink_.Write("if ");
        Print(at[0]);
        sink_.Write(statement.kind == StatementKind::kBreak ? " { break }" : " { continue }");
        break;
      case StatementKind::kMatchInt:
      case StatementKind::kMatchString:
        PrintMatch(statement);
        break;
      case StatementKind::kTry:
        sink_.Write("try");
        PrintBraced(statement.blocks[0]);
        sink_.Write(" except e {\n");
        ++depth_;
        Indent();
        sink_.Write("print(\"caught\", e.message)\n");
        --depth_;
        PrintBlock(statement.blocks[1]);
        Indent();
        sink_.Write("}");
        break;
      case StatementKind::kThrow:
        sink_.Write("throw(");
        Print(at[0]);
        sink_.Write(")");
        break;
      case StatementKind::kSpawn:
        sink_.Write("spawn { print(\"spawned\", ");
        PrintList(at);
        sink_.Write(") }");
        break;
      case StatementKind::kReturn:
        sink_.Write("return ");
        Print(at[0]);
        break;
      case StatementKind::kTest:
        sink_.Write("test \"skipped\" { print(missing) }");
        break;
    }
    sink_.Write("\n");
  }

  void PrintCounting(const Statement& statement) {
    ++depth_;
    Indent();
    sink_.Write(Name(statement.variables[0]), " += 1\n");
    --depth_;
    PrintBlock(statement.blocks[0]);
    Indent();
    sink_.Write("}");
  }

  void PrintIf(const Statement& statement) {
    sink_.Write("if ");
    Print(statement.expressions[0]);
    PrintBraced(statement.blocks[0]);
    const Block& otherwise = statement.blocks[1];
    if (otherwise.empty()) return;
    sink_.Write(" else");
    if (otherwise.size() == 1 && otherwise[0].kind == StatementKind::kIf) {
      sink_.Write(" ");
      PrintIf(otherwise[0]);
    } else {
      PrintBraced(otherwise);
    }
  }

  void PrintMatch(const Statement& statement) {
    sink_.Write("match ");
    Print(statement.expressions[0]);
    sink_.Write(" {\n");
    ++depth_;
    const bool ints = statement.kind == StatementKind::kMatchInt;
    for (size_t i = 0; i < statement.blocks.size(); ++i) {
      Indent();
      if (i + 1 == statement.blocks.size()) {
        sink_.Write("default:");
      } else if (i == 0) {
        if (ints) {
          sink_.Write("case ", statement.number, ":");
        } else {
          sink_.Write("case \"", statement.text, "\":");
        }
      } else {
        sink_.Write("case _ if ");
        Print(statement.expressions[1]);
        sink_.Write(":");
      }
      PrintBraced(statement.blocks[i]);
      sink_.Write("\n");
    }
    --depth_;
    Indent();
    sink_.Write("}");
  }

  const Program& program_;
  Sink& sink_;
  int depth_ = 0;
};

}  // namespace

void PrintProgram(const Program& program, Sink& sink) { Printer(program, sink).Run(); }

}  // namespace ruff::generator
