// The reference of builtin functions as a page of documentation, generated from their rows.

#ifndef RUFF_REFERENCE_STDLIB_PAGE_H_
#define RUFF_REFERENCE_STDLIB_PAGE_H_

#include <string>
#include <string_view>

#include "ruff/runtime/vm/native.h"

namespace ruff {

// The text of docs/stdlib.md.
std::string StdlibPage();

// The parts of an example: a program, and what it prints.
struct Example {
  std::string_view program;
  std::string_view output;  // without the last line end
};
Example SplitExample(std::string_view example);

// "Takes 1 or 2 arguments; more are ignored.": what the row, and where it says nothing its
// signature, allows.
std::string DescribeArity(const NativeFunction& native);

}  // namespace ruff

#endif  // RUFF_REFERENCE_STDLIB_PAGE_H_
