#include "ruff/runtime/value/dict.h"

#include <map>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

class DictTest : public testing::Test {
 protected:
  Heap heap_;
  HeapScope scope_{&heap_};
};

void Set(Dict* d, std::string_view key, Value owned) {
  const Ref text(NewString(key));
  DictSet(d, text.get(), owned);
}
Value Get(const Dict* d, std::string_view key) {
  const Ref text(NewString(key));
  return DictGet(d, text.get());
}
std::vector<std::string> Keys(const Dict* d) {
  std::vector<std::string> keys;
  const uint32_t* order = DictOrder(d);
  for (uint32_t i = 0; i < d->size; ++i) {
    const Ref text(DictKeyText(d->entries[order[i]].key));
    keys.emplace_back(text.As<String>()->view());
  }
  return keys;
}

TEST(ParseCanonicalIntTest, AcceptsOnlyTheTextOfAnInt) {
  int64_t i = 0;
  EXPECT_TRUE(ParseCanonicalInt("0", &i) && i == 0);
  EXPECT_TRUE(ParseCanonicalInt("-7", &i) && i == -7);
  EXPECT_TRUE(ParseCanonicalInt("9223372036854775807", &i) && i == INT64_MAX);
  EXPECT_TRUE(ParseCanonicalInt("-9223372036854775808", &i) && i == INT64_MIN);
  for (const char* text : {"", "-", "05", "-0", "+5", "5 ", " 5", "5.0", "a", "-a",
                           "9223372036854775808", "-9223372036854775809", "99999999999999999999"}) {
    EXPECT_FALSE(ParseCanonicalInt(text, &i)) << text;
  }
}

TEST_F(DictTest, NumbersAndTheirTextAreOneKey) {
  Ref ref(NewDict());
  Dict* d = ref.As<Dict>();
  DictSet(d, Value::Int(5), Value::Int(1));
  Set(d, "5", Value::Int(2));
  DictSet(d, Value::Float(5.0), Value::Int(3));
  EXPECT_EQ(d->size, 1u);
  EXPECT_EQ(Get(d, "5").i, 3);
  Set(d, "05", Value::Int(4));
  DictSet(d, Value::Float(2.5), Value::Int(5));
  DictSet(d, Value::Float(-0.0), Value::Int(6));
  DictSet(d, Value::Float(1e300), Value::Int(7));
  DictSet(d, Value::Float(1e18), Value::Int(8));
  EXPECT_EQ(d->size, 6u);
  EXPECT_EQ(Get(d, "2.5").i, 5);
  EXPECT_EQ(Get(d, "-0").i, 6);
  EXPECT_EQ(DictGet(d, Value::Float(1e300)).i, 7);
  EXPECT_EQ(DictGet(d, Value::Int(1'000'000'000'000'000'000)).i, 8);
  EXPECT_TRUE(DictGet(d, Value::Null()).Is(Kind::kUnset));
  EXPECT_TRUE(DictGet(d, Value::Bool(true)).Is(Kind::kUnset));
  EXPECT_FALSE(IsDictKey(Value::Float(0.0 / 0.0)));
}

TEST_F(DictTest, OrderIsByBytesOfTheText) {
  Ref ref(NewDict());
  Dict* d = ref.As<Dict>();
  for (const int64_t i : {10, 2, -1, 100, 1}) DictSet(d, Value::Int(i), Value::Null());
  for (const char* key : {"a", "Z", "", "é", "ab", "aaaaaaaab", "aaaaaaaaa"})
    Set(d, key, Value::Null());
  EXPECT_EQ(Keys(d), (std::vector<std::string>{"", "-1", "1", "10", "100", "2", "Z", "a",
                                               "aaaaaaaaa", "aaaaaaaab", "ab", "é"}));
}

TEST_F(DictTest, IntKeysNeverMakeStrings) {
  Ref ref(NewDict());
  const uint64_t before = heap_.allocations();
  for (int i = 0; i < 1000; ++i) DictSet(ref.As<Dict>(), Value::Int(i), Value::Int(i));
  DictOrder(ref.As<Dict>());
  EXPECT_EQ(heap_.allocations(), before);
}

TEST_F(DictTest, NameLookupWithHint) {
  Ref ref(NewDict());
  Dict* d = ref.As<Dict>();
  Ref name(InternString("field")), absent(InternString("absent")), number(InternString("7"));
  for (int i = 0; i < 20; ++i) Set(d, "k" + std::to_string(i), Value::Int(i));
  DictSet(d, name.get(), Value::Int(99));
  DictSet(d, Value::Int(7), Value::Int(77));
  uint32_t hint = 0;
  EXPECT_EQ(DictGetName(d, name.As<String>(), &hint).i, 99);
  EXPECT_EQ(hint, 20u);
  EXPECT_EQ(DictGetName(d, name.As<String>(), &hint).i, 99);
  EXPECT_TRUE(DictGetName(d, absent.As<String>(), &hint).Is(Kind::kUnset));
  EXPECT_EQ(DictGetName(d, number.As<String>(), &hint).i, 77);
  DictRemove(d, name.get(), nullptr);
  hint = 20;
  EXPECT_TRUE(DictGetName(d, name.As<String>(), &hint).Is(Kind::kUnset));
}

TEST_F(DictTest, QueueLikeUseStaysSmall) {
  Ref ref(NewDict());
  Dict* d = ref.As<Dict>();
  for (int i = 0; i < 200'000; ++i) {
    DictSet(d, Value::Int(i), Value::Int(i));
    if (i >= 100) DictRemove(d, Value::Int(i - 100), nullptr);
  }
  EXPECT_EQ(d->size, 100u);
  EXPECT_LE(d->capacity, 512u);
}

TEST_F(DictTest, UpdateWithItselfAndIntoEmpty) {
  Ref ref(NewDict());
  Dict* d = ref.As<Dict>();
  for (int i = 0; i < 30; ++i) Set(d, "k" + std::to_string(i), Value::Heap(NewString("v")));
  DictOrder(d);
  DictUpdate(d, d);
  Ref copy(NewDict());
  DictUpdate(copy.As<Dict>(), d);
  EXPECT_EQ(Keys(copy.As<Dict>()), Keys(d));
  Set(copy.As<Dict>(), "new", Value::Null());
  EXPECT_EQ(d->size, 30u);
  EXPECT_EQ(copy.As<Dict>()->size, 31u);
}

// Random operations on dicts that share their contents, against std::map.
TEST_F(DictTest, AgreesWithMaps) {
  std::mt19937 random(3);
  const auto random_key = [&random]() -> std::string {
    const auto n = static_cast<int>(random() % 60) - 20;
    return random() % 2 == 0 ? std::to_string(n) : "key" + std::to_string(n);
  };
  for (int round = 0; round < 20; ++round) {
    std::vector<Dict*> dicts(3);
    std::vector<std::map<std::string, int64_t>> models(3);
    for (Dict*& d : dicts) d = NewDict();
    for (int step = 0; step < 1500; ++step) {
      const size_t at = random() % 3;
      const size_t other = random() % 3;
      const std::string key = random_key();
      switch (random() % 10) {
        case 0:
          if (other == at) break;
          ReleaseObject(dicts[at]);
          dicts[at] = RetainObject(dicts[other]);
          models[at] = models[other];
          break;
        case 1:
        case 2:
        case 3: {
          dicts[at] = UniqueDict(dicts[at]);
          const Ref text(NewString(key));
          Value removed = Value::Unset();
          const bool found = DictRemove(dicts[at], text.get(), &removed);
          ASSERT_EQ(found, models[at].erase(key) == 1);
          if (found) Release(removed);
          break;
        }
        case 4:
          dicts[at] = UniqueDict(dicts[at]);
          if (random() % 4 == 0 && other != at) {
            DictUpdate(dicts[at], dicts[other]);
            for (const auto& [k, v] : models[other]) models[at][k] = v;
          }
          break;
        default: {
          dicts[at] = UniqueDict(dicts[at]);
          Set(dicts[at], key, Value::Int(step));
          models[at][key] = step;
        }
      }
      for (size_t k = 0; k < 3; ++k) {
        ASSERT_EQ(dicts[k]->size, models[k].size());
        ASSERT_EQ(Get(dicts[k], key).Is(Kind::kUnset), !models[k].contains(key));
      }
      if (step % 7 == 0) {
        std::vector<std::string> keys;
        for (const auto& [k, v] : models[at]) {
          keys.push_back(k);
          ASSERT_EQ(Get(dicts[at], k).i, v);
        }
        ASSERT_EQ(Keys(dicts[at]), keys);
        size_t walked = 0;
        for (const DictEntry& entry : DictEntries(dicts[at])) walked += entry.live();
        ASSERT_EQ(walked, keys.size());
      }
    }
    for (Dict* d : dicts) ReleaseObject(d);
    ASSERT_EQ(heap_.object_count(), 0u);
    ASSERT_EQ(heap_.bytes_in_use(), 0u);
  }
}

TEST_F(DictTest, AHundredThousandKeys) {
  Ref ref(NewDict());
  Dict* d = ref.As<Dict>();
  for (int i = 0; i < 100'000; ++i) Set(d, "key" + std::to_string(i), Value::Int(i));
  for (int i = 0; i < 100'000; i += 2) {
    const Ref text(NewString("key" + std::to_string(i)));
    ASSERT_TRUE(DictRemove(d, text.get(), nullptr));
  }
  for (int i = 0; i < 100'000; ++i) {
    const Value v = Get(d, "key" + std::to_string(i));
    ASSERT_TRUE(i % 2 == 0 ? v.Is(Kind::kUnset) : v.i == i) << i;
  }
}

}  // namespace
}  // namespace ruff
