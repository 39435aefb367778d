// A valid module with damage: the verifier accepts it or says what is wrong, and the disassembler
// lists it either way.
//
// The input is a list of changes to a small module with something of everything. A change is 12
// bytes: what to change, where (two bytes each of function and place), and the new content.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "ruff/base/check.h"
#include "ruff/lang/bytecode/disassembler.h"
#include "ruff/lang/bytecode/module.h"
#include "ruff/lang/bytecode/sample_module.h"
#include "ruff/lang/bytecode/verifier.h"

namespace ruff {
namespace {

constexpr size_t kChangeSize = 12;
constexpr size_t kMaxChanges = 64;

struct Change {
  uint8_t what;
  uint8_t function;
  uint16_t place;
  uint64_t content;
};

Change ReadChange(const uint8_t* bytes) {
  Change change{.what = bytes[0], .function = bytes[1], .place = 0, .content = 0};
  std::memcpy(&change.place, bytes + 2, sizeof(change.place));
  std::memcpy(&change.content, bytes + 4, sizeof(change.content));
  return change;
}

// An element of `list`, null when it has none.
template <typename T>
T* Pick(std::vector<T>& list, size_t place) {
  return list.empty() ? nullptr : &list[place % list.size()];
}

void Apply(const Change& change, Module* module) {
  FunctionProto& function = module->functions[change.function % module->functions.size()];
  const auto number = static_cast<uint32_t>(change.content);
  switch (change.what % 16) {
    case 0:
    case 1:
      if (Instruction* code = Pick(function.code, change.place)) *code = change.content;
      break;
    case 2:  // one byte of an instruction, so that the rest keeps its meaning
      if (Instruction* code = Pick(function.code, change.place)) {
        const uint32_t shift = (change.content >> 8 & 7) * 8;
        *code = (*code & ~(uint64_t{0xff} << shift)) | (change.content & 0xff) << shift;
      }
      break;
    case 3:
      if (function.code.size() < 256) {
        function.code.insert(function.code.begin() +
                                 static_cast<ptrdiff_t>(change.place % (function.code.size() + 1)),
                             change.content);
      }
      break;
    case 4:
      if (!function.code.empty()) {
        function.code.erase(function.code.begin() +
                            static_cast<ptrdiff_t>(change.place % function.code.size()));
      }
      break;
    case 5:
      function.register_count = number;
      break;
    case 6:
      function.parameter_count = number;
      break;
    case 7:
      if (Constant* constant = Pick(function.constants, change.place)) {
        constant->kind = static_cast<Constant::Kind>(number & 0xff);
        constant->index = number >> 8;
      }
      break;
    case 8:
      if (Handler* handler = Pick(function.handlers, change.place)) {
        *handler = {.begin = number & 0xff,
                    .end = number >> 8 & 0xff,
                    .target = number >> 16 & 0xff,
                    .reg = number >> 24};
      }
      break;
    case 9:
      if (Capture* capture = Pick(function.captures, change.place)) {
        *capture = {static_cast<Capture::From>(number & 0xff), number >> 8};
      }
      break;
    case 10:
      if (Path* path = Pick(function.paths, change.place)) {
        path->steps.push_back({.is_field = (number & 1) != 0, .name = number >> 1});
      }
      break;
    case 11:
      if (StructTemplate* shape = Pick(function.templates, change.place)) {
        shape->fields.push_back(number);
      }
      break;
    case 12:
      if (std::string* text = Pick(module->strings, change.place)) {
        text->push_back(static_cast<char>(number));
      }
      break;
    case 13:
      module->arrays.push_back({Constant{
          .kind = static_cast<Constant::Kind>(number & 0xff), .index = number >> 8, .i = 0}});
      break;
    case 14:
      function.is_generator = (number & 1) != 0;
      function.has_self = (number & 2) != 0;
      function.is_method = (number & 4) != 0;
      break;
    case 15:
      if (!module->globals.empty()) module->globals.pop_back();
      break;
  }
}

}  // namespace
}  // namespace ruff

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  ruff::Module module = ruff::SampleModule();
  for (size_t i = 0; i + ruff::kChangeSize <= size && i / ruff::kChangeSize < ruff::kMaxChanges;
       i += ruff::kChangeSize) {
    ruff::Apply(ruff::ReadChange(data + i), &module);
  }
  const absl::Status status = ruff::VerifyModule(module);
  RUFF_CHECK(status.ok() || status.code() == absl::StatusCode::kInvalidArgument);
  RUFF_CHECK(status.ok() || !status.message().empty());
  RUFF_CHECK(!ruff::Disassemble(module).empty());
  return 0;
}
