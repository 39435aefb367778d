#ifndef RUFF_BASE_CHECK_H_
#define RUFF_BASE_CHECK_H_

#include <cstdio>
#include <cstdlib>

// Checks for our own bugs. Bad input is never a reason to fail a check: it ends in a diagnostic.
//
//   RUFF_CHECK(cond)      aborts with file, line and condition when `cond` is false.
//   RUFF_DCHECK(cond)     the same in debug builds; in release builds `cond` is not evaluated.
//   RUFF_UNREACHABLE()    aborts when control reaches it.

namespace ruff::internal {

[[noreturn, gnu::cold, gnu::noinline]] inline void CheckFailed(const char* file, int line,
                                                               const char* what) {
  std::fprintf(stderr, "%s:%d: internal error: %s\n", file, line, what);
  std::abort();
}

}  // namespace ruff::internal

#define RUFF_CHECK(cond)                                \
  (__builtin_expect(!!(cond), 1) ? static_cast<void>(0) \
                                 : ::ruff::internal::CheckFailed(__FILE__, __LINE__, #cond))

#ifdef NDEBUG
#define RUFF_DCHECK(cond) static_cast<void>(sizeof(!(cond)))
#else
#define RUFF_DCHECK(cond) RUFF_CHECK(cond)
#endif

#define RUFF_UNREACHABLE() ::ruff::internal::CheckFailed(__FILE__, __LINE__, "unreachable code")

#endif  // RUFF_BASE_CHECK_H_
