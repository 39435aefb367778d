#include "ruff/runtime/builtins/registry.h"

#include <gtest/gtest.h>

namespace ruff {
namespace {

TEST(RegistryTest, FindsRowsAndConstants) {
  EXPECT_EQ(FindNative("print")->name, "print");
  EXPECT_EQ(FindNative("no such name"), nullptr);
  EXPECT_TRUE(FindBuiltin("len").Is(Kind::kNative));
  EXPECT_TRUE(FindBuiltin("PI").IsFloat());
  EXPECT_TRUE(FindBuiltin("pi").Is(Kind::kUnset));
}

TEST(RegistryTest, ProgramsDoNotSeeHelpers) {
  EXPECT_EQ(FindNative("__iter_map"), nullptr);
  EXPECT_NE(FindNative("__iter_map", NativeScope::kPrelude), nullptr);
}

TEST(RegistryTest, EveryRowIsComplete) {
  for (const NativeFunction* native : AllNatives()) {
    SCOPED_TRACE(native->name);
    const bool prelude = (native->flags & NativeFunction::kPrelude) != 0;
    EXPECT_EQ(prelude, native->body == nullptr);
    EXPECT_LE(native->min_args, native->max_args);
    if ((native->flags & NativeFunction::kHidden) != 0) continue;
    EXPECT_TRUE(native->signature.starts_with(native->name));
    EXPECT_TRUE(native->doc.ends_with("."));
    EXPECT_NE(native->example.find(" => "), std::string_view::npos);
  }
}

TEST(ArityErrorTest, Wording) {
  EXPECT_EQ(ArityMessage("f", 2, 2, 1), "f expects 2 arguments, got 1");
  EXPECT_EQ(ArityMessage("f", 0, 1, 2), "f expects 0 to 1 arguments, got 2");
  EXPECT_EQ(ArityMessage("f", 1, kVariadic, 0), "f expects at least 1 arguments, got 0");
  EXPECT_EQ(ArityError(*FindNative("type_of"), 2), "type expects 1 arguments, got 2");
  EXPECT_EQ(ArityError(*FindNative("range"), 0), "range() requires 1, 2, or 3 arguments");
}

}  // namespace
}  // namespace ruff
