// Linking: a compiled Module becomes runnable in one VM.

#ifndef RUFF_RUNTIME_VM_LINK_H_
#define RUFF_RUNTIME_VM_LINK_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ruff/lang/bytecode/module.h"
#include "ruff/lang/source/source_buffer.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/function.h"
#include "ruff/runtime/vm/session_globals.h"

namespace ruff {

// Inline caches too large for their word in the code. Shape numbers are never used twice, so a
// number that matches a live shape vouches for the pointer beside it.

// What a CallMethod site found last time: the method of receivers of one shape.
struct MethodCache {
  uint32_t shape_id = 0;
  Function* method = nullptr;  // borrowed from the shape's definition
};
// Where a NewStruct site arrived last time from the root shape it found.
struct ShapeCache {
  uint32_t root_id = 0;
  Shape* shape = nullptr;
};

// One step of a place: a field with its inline cache (as after GetField), or an index (name is
// null).
struct LinkedStep {
  String* name;
  uint64_t cache;
};
using LinkedPath = std::vector<LinkedStep>;

class LinkedModule {
 public:
  // `source` may be null (then positions are unknown).
  LinkedModule(std::unique_ptr<Module> module, std::unique_ptr<SourceBuffer> source,
               GlobalDefault global_default, void* context);
  // A module that `session` (borrowed) has adopted: its globals are those of the session.
  LinkedModule(std::unique_ptr<Module> module, std::unique_ptr<SourceBuffer> source,
               SessionGlobals* session);
  ~LinkedModule();
  LinkedModule(const LinkedModule&) = delete;
  LinkedModule& operator=(const LinkedModule&) = delete;

  const Module& module() const { return *module_; }
  const SourceBuffer* source() const { return source_.get(); }
  // The session whose globals these are; null for a file.
  const SessionGlobals* session() const { return session_; }
  // The module as the compiler made it, for another VM.
  std::unique_ptr<Module> CopyModule() const;
  CodeBlock* code(uint32_t function) { return &blocks_[function]; }
  Value* globals() { return session_ != nullptr ? session_->values() : globals_.data(); }
  size_t global_count() const { return module_->globals.size(); }
  // Slot of a global by name, or -1. In a session every name has a slot.
  int32_t FindGlobal(std::string_view name) const;

  // Drops what the globals refer to (before any module is destroyed).
  void ReleaseGlobals();

  // Frames of prelude functions do not show in call stacks and error positions.
  bool is_prelude() const { return is_prelude_; }
  void set_prelude() { is_prelude_ = true; }

  // Line of a source offset, 0 when there is no source.
  uint32_t LineOf(uint32_t offset) const;

  MethodCache* NewMethodCache() { return &method_caches_.emplace_back(); }
  ShapeCache* NewShapeCache() { return &shape_caches_.emplace_back(); }

  // Interned names of template `t`'s fields, in register order (null: value dropped).
  struct LinkedTemplate {
    String* name;
    std::vector<String*> fields;
    std::vector<String*> methods;
    std::vector<String*> default_fields;
  };
  const LinkedTemplate& TemplateOf(const CodeBlock* code, uint32_t t);

 private:
  void LinkFunctions();
  Value MakeConstant(const Constant& constant);
  Value MakeContainer(const Constant& constant);

  bool is_prelude_ = false;
  std::unique_ptr<Module> module_;
  std::unique_ptr<SourceBuffer> source_;
  std::vector<CodeBlock> blocks_;
  std::vector<std::vector<Value>> constants_;  // per function
  absl::flat_hash_map<std::pair<Constant::Kind, uint32_t>, Value>
      pooled_;                                          // array and dict constants
  std::vector<std::vector<LinkedTemplate>> templates_;  // per function
  std::vector<std::vector<LinkedPath>> paths_;          // per function
  SessionGlobals* session_ = nullptr;
  std::vector<Value> globals_;  // empty in a session
  std::deque<MethodCache> method_caches_;
  std::deque<ShapeCache> shape_caches_;
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_LINK_H_
