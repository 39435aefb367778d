// The functions in Ruff that programs about promises use. They are written behind the program, and
// only those it uses: they would be most of a short one.

#ifndef RUFF_TESTING_GENERATOR_PROMISE_HELPERS_H_
#define RUFF_TESTING_GENERATOR_PROMISE_HELPERS_H_

#include <cstdint>
#include <string_view>

#include "testing/generator/sink.h"

namespace ruff::generator {

class UsedHelpers {
 public:
  // `name` is one of those in promise_helpers.cc.
  void Add(std::string_view name);
  void Write(Sink& program) const;

 private:
  uint32_t used_ = 0;  // a bit for each
};

// The only one a program uses.
inline void WriteHelper(Sink& program, std::string_view name) {
  UsedHelpers used;
  used.Add(name);
  used.Write(program);
}

}  // namespace ruff::generator

#endif  // RUFF_TESTING_GENERATOR_PROMISE_HELPERS_H_
