#include "ruff/runtime/value/string.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

class StringTest : public testing::Test {
 protected:
  Heap heap_;
  HeapScope scope_{&heap_};
};

TEST_F(StringTest, KnowsItsCodePoints) {
  Ref ascii(NewString("abc"));
  EXPECT_TRUE(ascii.As<String>()->ascii());
  EXPECT_EQ(ascii.As<String>()->code_points, 3u);
  Ref mixed(NewString("é日本"));
  EXPECT_FALSE(mixed.As<String>()->ascii());
  EXPECT_EQ(mixed.As<String>()->code_points, 3u);
  EXPECT_EQ(mixed.As<String>()->size, 8u);
  Ref empty(NewString(""));
  EXPECT_TRUE(empty.As<String>()->ascii());
}

TEST_F(StringTest, InternedStringsAreOneObjectAndLeaveTheTable) {
  String* a = InternString("name");
  String* b = InternString("name");
  EXPECT_EQ(a, b);
  EXPECT_EQ(a->header.refcount, 2u);
  ReleaseObject(a);
  ReleaseObject(b);
  EXPECT_EQ(heap_.object_count(), 0u);
  Ref again(InternString("name"));
  EXPECT_EQ(again.As<String>()->view(), "name");
}

TEST_F(StringTest, EqualityAndHash) {
  Ref a(NewString("some text")), b(NewString("some text")), c(NewString("some texT"));
  EXPECT_TRUE(StringsEqual(a.As<String>(), b.As<String>()));
  EXPECT_FALSE(StringsEqual(a.As<String>(), c.As<String>()));
  EXPECT_EQ(StringHash(a.As<String>()), StringHash(b.As<String>()));
  EXPECT_NE(StringHash(a.As<String>()), StringHash(c.As<String>()));
  EXPECT_FALSE(StringsEqual(a.As<String>(), c.As<String>()));
}

TEST_F(StringTest, AppendLeavesSharedStringsAlone) {
  String* a = NewString("ab");
  Ref alias = Ref::Share(Value::Heap(a));
  Ref b(NewString("é"));
  Ref sum(AppendString(a, b.As<String>()));
  EXPECT_EQ(sum.As<String>()->view(), "abé");
  EXPECT_EQ(sum.As<String>()->code_points, 3u);
  EXPECT_FALSE(sum.As<String>()->ascii());
  EXPECT_EQ(alias.As<String>()->view(), "ab");
  // Interned strings never change either.
  String* name = InternString("key");
  Ref longer(AppendString(name, b.As<String>()));
  Ref key(InternString("key"));
  EXPECT_EQ(key.As<String>()->view(), "key");
}

TEST_F(StringTest, AppendToItself) {
  String* a = NewString("xy");
  Ref twice(AppendString(RetainObject(a), a));
  EXPECT_EQ(twice.As<String>()->view(), "xyxy");
  ReleaseObject(a);
}

TEST_F(StringTest, AppendInPlaceIsAmortised) {
  Ref piece(NewString("0123456789"));
  String* s = NewString("");
  const uint64_t before = heap_.allocations();
  std::string expected;
  for (int i = 0; i < 100'000; ++i) {
    if (i % 10'000 == 0) StringHash(s);
    s = AppendString(s, piece.As<String>());
  }
  for (int i = 0; i < 100'000; ++i) expected += "0123456789";
  EXPECT_EQ(heap_.allocations(), before);
  EXPECT_EQ(s->view(), expected);
  EXPECT_EQ(s->code_points, 1'000'000u);
  Ref same(NewString(expected));
  EXPECT_EQ(StringHash(s), StringHash(same.As<String>()));
  ReleaseObject(s);
}

TEST_F(StringTest, IndexingByCodePoint) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += i % 3 == 0 ? "é" : i % 3 == 1 ? "x" : "😀";
  Ref s(NewString(text));
  for (uint32_t i = 0; i < 2000; i += 7) {
    Ref c(StringAt(s.As<String>(), i));
    EXPECT_EQ(c.As<String>()->view(), i % 3 == 0 ? "é" : i % 3 == 1 ? "x" : "😀") << i;
    EXPECT_EQ(StringOffset(s.As<String>(), i), SkipCharacters(text, i)) << i;
  }
  EXPECT_EQ(StringOffset(s.As<String>(), 2000), text.size());
}

TEST_F(StringTest, IndexFollowsAppend) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "é";
  String* s = NewString(text);
  Ref tail(NewString("日x"));
  EXPECT_EQ(StringOffset(s, 300), 600u);
  for (int i = 0; i < 300; ++i) s = AppendString(s, tail.As<String>());
  EXPECT_EQ(StringOffset(s, 500 + 599), 1000u + 299 * 4 + 3);
  ReleaseObject(s);
}

TEST_F(StringTest, OneCharacterStringsAreShared) {
  Ref s(NewString("aba"));
  Ref first(StringAt(s.As<String>(), 0));
  Ref last(StringAt(s.As<String>(), 2));
  EXPECT_EQ(first.get().object, last.get().object);
}

}  // namespace
}  // namespace ruff
