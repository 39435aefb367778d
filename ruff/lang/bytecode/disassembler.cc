#include "ruff/lang/bytecode/disassembler.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "ruff/lang/bytecode/constant_text.h"
#include "ruff/lang/bytecode/operand.h"
#include "ruff/lang/bytecode/window.h"

namespace ruff {
namespace {

constexpr std::string_view kConstantKindNames[] = {"Unset", "Null", "Bool", "Int",
                                                   "None",  "Ok",   "Err",  "Some"};
constexpr std::string_view kBindingNames[] = {"unknown",  "mutable", "let",     "const",
                                              "function", "struct",  "imported"};
constexpr std::string_view kTestNames[] = {"test", "group begin", "group end", "setup", "teardown"};

template <size_t n, typename Enum>
std::string_view NameIn(const std::string_view (&names)[n], Enum value) {
  const auto index = static_cast<size_t>(value);
  return index < n ? names[index] : "?";
}

// The places of a function that need a name, in ascending order: L1, L2, ...
class Labels {
 public:
  explicit Labels(const FunctionProto& function) {
    for (uint32_t pc = 0; pc < function.code.size();) {
      const Instruction i = function.code[pc];
      if (!IsOpcode(i)) {
        ++pc;
        continue;
      }
      const OpcodeInfo& info = InfoOf(OpcodeOf(i));
      if (IsJump(info.b) || IsJump(info.c)) places_.push_back(JumpTarget(pc, i));
      pc += info.size();
    }
    for (const Handler& handler : function.handlers) {
      places_.insert(places_.end(), {handler.begin, handler.end, handler.target});
    }
    std::sort(places_.begin(), places_.end());
    places_.erase(std::unique(places_.begin(), places_.end()), places_.end());
  }

  bool Has(int64_t pc) const { return std::binary_search(places_.begin(), places_.end(), pc); }

  std::string Name(int64_t pc) const {
    return absl::StrCat("L",
                        std::lower_bound(places_.begin(), places_.end(), pc) - places_.begin() + 1);
  }

  const std::vector<int64_t>& places() const { return places_; }

 private:
  std::vector<int64_t> places_;
};

class FunctionPrinter {
 public:
  // Without `describe` no positions are shown.
  FunctionPrinter(const Module& module, uint32_t index, const DescribePosition* describe,
                  std::string* out)
      : module_(module),
        function_(module.functions[index]),
        index_(index),
        describe_(describe),
        labels_(function_),
        out_(*out) {}

  void Print() {
    PrintHeading();
    PrintCaptures();
    PrintPaths();
    PrintTemplates();
    PrintConstants();
    PrintHandlers();
    PrintCode();
  }

 private:
  void PrintHeading() {
    absl::StrAppend(&out_, "function ", index_, " ",
                    index_ == 0 && function_.name.empty() ? "file level" : function_.name, "(",
                    absl::StrJoin(function_.parameter_names, ", "),
                    "), parameters: ", function_.parameter_count,
                    ", registers: ", function_.register_count);
    const std::pair<bool, std::string_view> properties[] = {
        {function_.is_async, "async"},
        {function_.is_generator, "generator"},
        {function_.is_lambda, "lambda"},
        {function_.is_method, "method"},
        {function_.has_self, "has self"},
        {function_.changes_self, "changes self"},
        {function_.implicit_fields, "implicit fields"},
    };
    for (const auto& [holds, text] : properties) {
      if (holds) absl::StrAppend(&out_, ", ", text);
    }
    out_ += '\n';
  }

  void PrintCaptures() {
    Section("captures", function_.captures.size());
    for (size_t i = 0; i < function_.captures.size(); ++i) {
      Entry("c", i, DescribeCapture(function_.captures[i]));
    }
  }

  void PrintPaths() {
    Section("paths", function_.paths.size());
    for (size_t i = 0; i < function_.paths.size(); ++i) Entry("p", i, PathText(i, "place", 0, "i"));
  }

  void PrintTemplates() {
    Section("templates", function_.templates.size());
    for (size_t i = 0; i < function_.templates.size(); ++i) {
      const StructTemplate& shape = function_.templates[i];
      std::string text = absl::StrCat(StringAt(shape.name), " {", Names(shape.fields), "}");
      if (!shape.methods.empty()) absl::StrAppend(&text, " methods ", Names(shape.methods));
      if (!shape.default_fields.empty()) {
        absl::StrAppend(&text, " defaults ", Names(shape.default_fields));
      }
      Entry("t", i, text);
    }
  }

  void PrintConstants() {
    Section("constants", function_.constants.size());
    for (size_t i = 0; i < function_.constants.size(); ++i) {
      Entry("k", i, ConstantText(module_, function_.constants[i]));
    }
  }

  void PrintHandlers() {
    Section("handlers", function_.handlers.size());
    for (const Handler& handler : function_.handlers) {
      absl::StrAppend(&out_, "    ", labels_.Name(handler.begin), " to ", labels_.Name(handler.end),
                      ": ", labels_.Name(handler.target), ", r", handler.reg, "\n");
    }
  }

  void PrintCode() {
    absl::StrAppend(&out_, "  code\n");
    size_t label = 0;
    const auto print_labels = [&](int64_t end) {
      const std::vector<int64_t>& places = labels_.places();
      for (; label < places.size() && places[label] < end; ++label) {
        // A name for a place between instructions: only in code that the verifier rejects.
        absl::StrAppend(&out_, "  L", label + 1, ":");
        if (places[label] != end - 1) absl::StrAppend(&out_, " (at ", places[label], ")");
        out_ += '\n';
      }
    };
    uint32_t pc = 0;
    while (pc < function_.code.size()) {
      print_labels(int64_t{pc} + 1);
      const Instruction i = function_.code[pc];
      absl::StrAppendFormat(&out_, "    %4d %-8s", pc, PositionAt(pc));
      if (!IsOpcode(i)) {
        absl::StrAppendFormat(&out_, " (no opcode) %016x\n", i);
        ++pc;
        continue;
      }
      PrintInstruction(pc, i);
      pc += InfoOf(OpcodeOf(i)).size();
    }
    print_labels(int64_t{pc} + 1);
    if (!labels_.places().empty()) print_labels(labels_.places().back() + 2);
  }

  // Empty when it is that of the instruction before.
  std::string PositionAt(uint32_t pc) {
    if (describe_ == nullptr) return "";
    std::string position = (*describe_)(function_.positions.Find(pc));
    if (position == last_position_) return "";
    last_position_ = position;
    return position;
  }

  void PrintInstruction(uint32_t pc, Instruction i) {
    const OpcodeInfo& info = InfoOf(OpcodeOf(i));
    const Operands values = DecodeOperands(i);
    std::vector<std::string> operands;
    std::string note;
    const auto add = [&](OperandKind kind, int64_t value) {
      if (kind != OperandKind::kUnused) operands.push_back(Operand(pc, i, kind, value, &note));
    };
    add(info.a, values.a);
    add(info.b, values.b);
    add(info.c, values.c);
    add(info.x, values.x);
    if (info.has_word()) AddWord(pc, i, &operands, &note);
    std::string line = absl::StrFormat(" %-16s %s", info.name, absl::StrJoin(operands, ", "));
    if (!note.empty()) {
      constexpr size_t kNoteColumn = 44;
      line.resize(std::max(line.size() + 1, kNoteColumn), ' ');
      absl::StrAppend(&line, "; ", note);
    }
    while (line.back() == ' ') line.pop_back();
    absl::StrAppend(&out_, line, "\n");
  }

  std::string Operand(uint32_t pc, Instruction i, OperandKind kind, int64_t value,
                      std::string* note) {
    const auto annotate = [&](std::string_view text) {
      absl::StrAppend(note, note->empty() ? "" : ", ", text);
    };
    switch (kind) {
      case OperandKind::kUnused:
        break;
      case OperandKind::kRead:
      case OperandKind::kWritten:
      case OperandKind::kTaken:
      case OperandKind::kUpdated:
        return absl::StrCat("r", value);
      case OperandKind::kWindow: {
        const int64_t last = value + static_cast<int64_t>(WindowSize(i, function_)) - 1;
        return last > value ? absl::StrCat("r", value, "..r", last) : absl::StrCat("r", value);
      }
      case OperandKind::kConstant:
        if (value == kFarNameOperand && !InfoOf(OpcodeOf(i)).is_wide() && pc > 0 &&
            OpcodeOf(function_.code[pc - 1]) == Opcode::kFarName) {
          value = DecodeOperands(function_.code[pc - 1]).b;
        }
        if (static_cast<uint64_t>(value) < function_.constants.size()) {
          annotate(ConstantText(module_, function_.constants[value]));
        }
        return absl::StrCat("k", value);
      case OperandKind::kImmediate:
      case OperandKind::kCount:
        return absl::StrCat(value);
      case OperandKind::kSlot:
        annotate(GlobalName(value));
        return absl::StrCat("g", value);
      case OperandKind::kCaptured:
        return absl::StrCat("c", value);
      case OperandKind::kJump:
      case OperandKind::kJumpBack:
        return labels_.Name(JumpTarget(pc, i));
      case OperandKind::kKind:
        return std::string(NameIn(kConstantKindNames, value));
      case OperandKind::kFunction:
        if (static_cast<uint64_t>(value) < module_.functions.size()) {
          annotate(module_.functions[value].name);
        }
        return absl::StrCat("f", value);
      case OperandKind::kTemplate:
        if (static_cast<uint64_t>(value) < function_.templates.size()) {
          annotate(StringAt(function_.templates[value].name));
        }
        return absl::StrCat("t", value);
    }
    return "?";
  }

  // The word after SetPath and TakePath is an operand; other words are caches.
  void AddWord(uint32_t pc, Instruction i, std::vector<std::string>* operands, std::string* note) {
    const Opcode op = OpcodeOf(i);
    if (op != Opcode::kSetPath && op != Opcode::kTakePath) return;
    if (pc + 1 >= function_.code.size()) {
      operands->push_back("?");
      return;
    }
    const uint64_t word = function_.code[pc + 1];
    const auto path = static_cast<uint32_t>(word);
    operands->push_back(absl::StrCat("p", path));
    *note = PathText(path, RootText(OperandX(i), static_cast<uint32_t>(word >> 32)),
                     Unscaled(OperandA(i)), "r");
  }

  std::string RootText(uint8_t root, uint32_t number) const {
    switch (static_cast<PathRoot>(root)) {
      case PathRoot::kRegister:
        return absl::StrCat("r", number);
      case PathRoot::kCell:
        return absl::StrCat("cell r", number);
      case PathRoot::kCaptured:
        return absl::StrCat("c", number);
      case PathRoot::kGlobal:
        return GlobalName(number);
    }
    return "?";
  }

  // e.g. `root[r4].name`, with index registers from `first` on.
  std::string PathText(size_t path, std::string_view root, uint64_t first,
                       std::string_view prefix) const {
    if (path >= function_.paths.size()) return "?";
    std::string text(root);
    for (const PathStep& step : function_.paths[path].steps) {
      if (step.is_field) {
        absl::StrAppend(&text, ".", StringAt(step.name));
      } else {
        absl::StrAppend(&text, "[", prefix, first++, "]");
      }
    }
    return text;
  }

  std::string DescribeCapture(const Capture& capture) const {
    switch (capture.from) {
      case Capture::From::kCellRegister:
        return absl::StrCat("cell r", capture.index);
      case Capture::From::kCaptured:
        return absl::StrCat("c", capture.index);
      case Capture::From::kCopyRegister:
        return absl::StrCat("copy of r", capture.index);
      case Capture::From::kCopyCell:
        return absl::StrCat("copy of cell r", capture.index);
      case Capture::From::kCopyCaptured:
        return absl::StrCat("copy of c", capture.index);
    }
    return "?";
  }

  std::string GlobalName(int64_t slot) const {
    return static_cast<uint64_t>(slot) < module_.globals.size() ? module_.globals[slot].name : "?";
  }

  // The string constant as a bare name.
  std::string StringAt(uint32_t constant) const {
    if (constant >= function_.constants.size()) return "?";
    const Constant& c = function_.constants[constant];
    const bool is_string = c.kind == Constant::Kind::kString && c.index < module_.strings.size();
    return is_string ? module_.strings[c.index] : "?";
  }

  std::string Names(const std::vector<uint32_t>& constants) const {
    return absl::StrJoin(constants, ", ", [this](std::string* out, uint32_t constant) {
      out->append(constant == 0xffffffff ? "-" : StringAt(constant));
    });
  }

  void Section(std::string_view name, size_t entries) {
    if (entries > 0) absl::StrAppend(&out_, "  ", name, "\n");
  }

  void Entry(std::string_view prefix, size_t index, std::string_view text) {
    absl::StrAppendFormat(&out_, "    %-8s %s\n", absl::StrCat(prefix, index), text);
  }

  const Module& module_;
  const FunctionProto& function_;
  const uint32_t index_;
  const DescribePosition* const describe_;
  const Labels labels_;
  std::string last_position_;
  std::string& out_;
};

std::string DisassembleModule(const Module& module, const DescribePosition* describe) {
  std::string out =
      absl::StrCat("module ", module.source_name, ", ", module.statement_count, " statements\n");
  for (size_t i = 0; i < module.globals.size(); ++i) {
    absl::StrAppend(&out, "  global g", i, " ", module.globals[i].name, ", ",
                    NameIn(kBindingNames, module.globals[i].binding), "\n");
  }
  for (const Export& exported : module.exports) {
    absl::StrAppend(&out, "  export ", exported.name,
                    exported.is_enum ? ", enum" : absl::StrCat(", g", exported.slot), "\n");
  }
  for (const TestBlock& test : module.tests) {
    const bool is_group =
        test.type == TestBlock::Type::kGroupBegin || test.type == TestBlock::Type::kGroupEnd;
    absl::StrAppend(&out, "  ", NameIn(kTestNames, test.type), " ", test.name,
                    is_group ? "" : absl::StrCat(", f", test.function), "\n");
  }
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    out += '\n';
    FunctionPrinter(module, i, describe, &out).Print();
  }
  return out;
}

}  // namespace

std::string DisassembleFunction(const Module& module, uint32_t function,
                                DescribePosition describe) {
  std::string out;
  FunctionPrinter(module, function, &describe, &out).Print();
  return out;
}

std::string Disassemble(const Module& module, DescribePosition describe) {
  return DisassembleModule(module, &describe);
}

std::string Disassemble(const Module& module) { return DisassembleModule(module, nullptr); }

}  // namespace ruff
