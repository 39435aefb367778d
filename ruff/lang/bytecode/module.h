// A compiled source file: functions, constants, globals. Immutable once built, shared between
// isolates; it knows nothing of run-time values. The runtime links it into a VM
// (ruff/runtime/vm/link.h).

#ifndef RUFF_LANG_BYTECODE_MODULE_H_
#define RUFF_LANG_BYTECODE_MODULE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ruff/lang/bytecode/instruction.h"

namespace ruff {

// A constant, described without run-time values. `index` refers to the module's pools.
struct Constant {
  enum class Kind : uint8_t {
    kNull,
    kBool,
    kInt,
    kFloat,
    kNone,
    kString,      // strings[index]
    kIntArray,    // int_arrays[index]
    kFloatArray,  // float_arrays[index]
    kArray,       // arrays[index]
    kDict,        // dicts[index]; keys are kString or kInt, no duplicates
  };
  Kind kind = Kind::kNull;
  uint32_t index = 0;
  union {
    int64_t i = 0;  // kBool, kInt
    double d;       // kFloat
  };
};

// Kinds for LoadImm, NewBox and TestKind (operand x).
enum class ConstantKind : uint8_t { kUnset, kNull, kBool, kInt, kNone, kOk, kErr, kSome };

// What a path starts at; `root number` of SetPath/TakePath is a register, cell register, captured
// variable or slot.
enum class PathRoot : uint8_t { kRegister, kCell, kCaptured, kGlobal };

// One step of a place such as a[i].b: a field name, or the next index register.
struct PathStep {
  bool is_field;
  uint32_t name;  // constant index of the field name (is_field)
};

// The n-th index step (counting index steps only) uses register first + n.
struct Path {
  std::vector<PathStep> steps;
};

// Names of a struct literal or of a struct declaration; indices are constants (strings).
struct StructTemplate {
  uint32_t name;
  std::vector<uint32_t> fields;   // literal: field of each value register, duplicates resolved: the
                                  // last occurrence counts, earlier ones are 0xffffffff (value
                                  // dropped). declaration: declared fields in order
  std::vector<uint32_t> methods;  // declaration only: names, in register order
  std::vector<uint32_t>
      default_fields;  // declaration only: fields with a default, in register order
};

// Where a new function takes a captured variable from.
struct Capture {
  enum class From : uint8_t {
    kCellRegister,  // a register of the creating frame that holds a cell: the cell is shared
    kCaptured,      // a captured variable of the creating function: shared
    kCopyRegister,  // a fresh cell with a copy of a plain register (spawn; variables that never
                    // change)
    kCopyCell,      // spawn: a fresh cell with a copy of a cell register's value
    kCopyCaptured,  // spawn: a fresh cell with a copy of a captured variable's value
  };
  From from;
  uint32_t index;
};

// While pc is in [begin, end) an error goes to `target` with the caught error in register `reg`.
struct Handler {
  uint32_t begin, end, target;
  uint32_t reg;
};

// pc -> byte offset in the source, run-length and delta coded, with a mark at every 64th entry from
// which to decode.
class PositionTable {
 public:
  // Positions are added in ascending pc order; an entry holds until the next one.
  void Add(uint32_t pc, uint32_t offset);
  uint32_t Find(uint32_t pc) const;  // offset of the entry that covers pc, 0 when there is none
  size_t byte_size() const { return bytes_.size(); }

 private:
  struct Mark {
    uint32_t pc, offset;  // of the entry
    size_t after;         // index in bytes_ of what follows it
  };
  std::vector<uint8_t> bytes_;  // pairs of varints: pc delta, zig-zag offset delta
  std::vector<Mark> marks_;
  uint32_t entries_ = 0;
  uint32_t last_pc_ = 0;
  uint32_t last_offset_ = 0;
};

struct FunctionProto {
  std::string name;              // "add", "<lambda>", "Point.len"; "" for file level
  uint32_t parameter_count = 0;  // with self
  uint32_t register_count = 0;   // parameters first; above 4096 there are far locals, which outlive
                                // calls: frames of callees must then begin behind the last register
  bool has_self = false;  // first parameter is self
  bool changes_self =
      false;  // contains an assignment to self or a place rooted in it, or a method call on one
  bool implicit_fields = false;  // method without self: R[0] holds the receiver, hidden from the
                                 // arity; parameters from R[1] on
  bool is_method = false;
  bool is_async = false;
  bool is_generator = false;
  bool is_lambda = false;  // a function expression
  std::vector<std::string> parameter_names;
  std::vector<Instruction> code;
  std::vector<Constant> constants;
  std::vector<Handler> handlers;  // innermost first
  std::vector<Capture> captures;
  std::vector<Path> paths;
  std::vector<StructTemplate> templates;
  PositionTable positions;
};

struct Global {
  std::string name;
  enum class Binding : uint8_t {
    kUnknown,
    kMutable,
    kLet,
    kConst,
    kFunction,
    kStruct,
    kImported
  } binding;
};

struct Export {
  std::string name;
  uint32_t slot;  // global slot
  bool is_enum;   // binds nothing
};

struct TestBlock {
  enum class Type : uint8_t { kTest, kGroupBegin, kGroupEnd, kSetup, kTeardown } type;
  std::string name;
  uint32_t function;  // index; unused for groups
};

struct Module {
  std::string source_name;
  std::vector<FunctionProto> functions;  // functions[0] is the file level
  std::vector<std::string> strings;
  std::vector<std::vector<int64_t>> int_arrays;
  std::vector<std::vector<double>> float_arrays;
  std::vector<std::vector<Constant>> arrays;
  std::vector<std::vector<std::pair<Constant, Constant>>> dicts;
  std::vector<Global> globals;  // slots
  std::vector<Export> exports;
  std::vector<TestBlock> tests;  // only when compiled for test-run
  uint32_t statement_count = 0;
};

}  // namespace ruff

#endif  // RUFF_LANG_BYTECODE_MODULE_H_
