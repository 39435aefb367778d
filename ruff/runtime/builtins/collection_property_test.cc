// Arrays, dicts, sets, queues and stacks against models made of the standard library, over
// operations out of seeds. Operands are used again, so that an operation that changes its argument
// is found out.

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ruff/runtime/builtins/random_values.h"
#include "ruff/runtime/value/equality.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

constexpr uint64_t kSeeds = 500;

std::string Show(const Ref& value) { return FormatToString(value.get(), Form::kDebug); }
std::string_view TextOf(const Ref& text) { return text.As<String>()->view(); }

// Scalars of all kinds, often equal to each other.
Ref Element(RandomValues* random) {
  switch (random->Below(8)) {
    case 0:
      return I(random->Int());
    case 1:
      return I(static_cast<int64_t>(random->Below(5)));
    case 2:
      return F(random->FiniteFloat());
    case 3:
      return F(static_cast<double>(random->Below(5)) - 0.0);
    case 4:
      return random->OneIn(8) ? F(std::nan("")) : F(random->OneIn(2) ? -0.0 : 0.5);
    case 5:
      return S(random->Letters());
    case 6:
      return random->OneIn(2) ? Null() : B(random->OneIn(2));
    default:
      return A({I(static_cast<int64_t>(random->Below(3)))});
  }
}

std::vector<Ref> Elements(RandomValues* random) {
  std::vector<Ref> elements;
  // Long ones sort in another way than short ones; those of one kind have a storage of their own.
  const uint64_t size = random->OneIn(4) ? random->Below(300) : random->Below(20);
  const uint64_t kind = random->Below(4);
  for (uint64_t i = 0; i < size; ++i) {
    elements.push_back(kind == 0   ? I(random->Int())
                       : kind == 1 ? F(random->FiniteFloat())
                       : kind == 2 ? S(random->Text())
                                   : Element(random));
  }
  return elements;
}

// Where the language sorts a value: numbers, NaNs, strings, the rest.
int SortClass(const Ref& v) {
  if (v.get().IsFloat() && std::isnan(v.get().d)) return 1;
  return v.get().IsNumber() ? 0 : v.get().IsString() ? 2 : 3;
}

// A long double of x86 holds every int and every double exactly.
long double Exact(const Ref& number) {
  static_assert(std::numeric_limits<long double>::digits >= 64);
  return number.get().IsInt() ? static_cast<long double>(number.get().i) : number.get().d;
}

TEST(CollectionPropertyTest, Sort) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const std::vector<Ref> elements = Elements(&random);
    const Ref array = A(elements);
    const std::string before = Show(array);
    std::vector<size_t> order(elements.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](size_t left, size_t right) {
      const Ref& a = elements[left];
      const Ref& b = elements[right];
      const int kind = SortClass(a);
      if (kind != SortClass(b)) return kind < SortClass(b);
      if (kind == 0 && Exact(a) != Exact(b)) return Exact(a) < Exact(b);
      if (kind == 2 && TextOf(a) != TextOf(b)) return TextOf(a) < TextOf(b);
      return left < right;
    });
    std::vector<Ref> sorted;
    for (const size_t i : order) sorted.push_back(elements[i]);
    EXPECT_EQ(Show(c.Call("sort", {array})), Show(A(sorted))) << seed;
    EXPECT_EQ(Show(array), before);
  }
}

// Same kind, same content; NaN matches nothing.
bool Matches(const Ref& a, const Ref& b) {
  if (a.get().kind() != b.get().kind()) return false;
  if (a.get().IsFloat()) return a.get().d == b.get().d;
  return Show(a) == Show(b);
}

TEST(CollectionPropertyTest, SearchInArrays) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const std::vector<Ref> model = Elements(&random);
    const Ref array = A(model);
    const Ref item =
        !model.empty() && random.OneIn(2) ? model[random.Below(model.size())] : Element(&random);
    const auto found =
        std::find_if(model.begin(), model.end(), [&](const Ref& e) { return Matches(e, item); });
    const bool is_found = found != model.end();
    EXPECT_EQ(c.Call("index_of", {array, item}).get().i, is_found ? found - model.begin() : -1);
    EXPECT_EQ(c.Call("contains", {array, item}).get().b, is_found);
    std::vector<Ref> rest = model;
    if (is_found) rest.erase(rest.begin() + (found - model.begin()));
    EXPECT_EQ(Show(c.Call("remove", {array, item})), Show(A(rest)));

    std::vector<Ref> unique;
    for (const Ref& element : model) {
      const bool is_new = std::none_of(unique.begin(), unique.end(), [&](const Ref& e) {
        return Matches(e, element) || (SortClass(e) == 1 && SortClass(element) == 1);
      });
      if (is_new) unique.push_back(element);
    }
    EXPECT_EQ(Show(c.Call("unique", {array})), Show(A(unique))) << seed;
  }
}

TEST(CollectionPropertyTest, ShapesOfArrays) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    RandomValues random(seed);
    const std::vector<Ref> model = Elements(&random);
    const Ref array = A(model);
    const auto size = static_cast<int64_t>(model.size());
    const int64_t n = static_cast<int64_t>(random.Below(12)) - 3;
    const int64_t m = static_cast<int64_t>(random.Below(30)) - 12;
    const auto part = [&](int64_t begin, int64_t end) {
      begin = std::clamp<int64_t>(begin, 0, size);
      end = std::clamp<int64_t>(end, begin, size);
      return A({model.begin() + begin, model.begin() + end});
    };
    EXPECT_EQ(Show(c.Call("take", {array, I(n)})), Show(part(0, n)));
    EXPECT_EQ(Show(c.Call("skip", {array, I(n)})), Show(part(n, size)));
    EXPECT_EQ(Show(c.Call("slice", {array, I(n), I(m)})),
              Show(part(n < 0 ? n + size : n, m < 0 ? m + size : m)))
        << n << " " << m << " of " << size;
    std::vector<Ref> chunks;
    std::vector<Ref> windows;
    const int64_t step = n > 0 ? n : std::max<int64_t>(size, 1);
    for (int64_t i = 0; i < size; i += step) chunks.push_back(part(i, i + step));
    for (int64_t i = 0; n > 0 && i + n <= size; ++i) windows.push_back(part(i, i + n));
    EXPECT_EQ(Show(c.Call("chunk", {array, I(n)})), Show(A(chunks))) << n;
    EXPECT_EQ(Show(c.Call("windows", {array, I(n)})), Show(A(windows)));
    EXPECT_EQ(Show(c.Call("flatten", {c.Call("chunk", {array, I(n)})})),
              Show(c.Call("flatten", {A({array})})));
    const Ref reversed = c.Call("reverse", {array});
    EXPECT_EQ(Show(reversed), Show(A({model.rbegin(), model.rend()})));
    EXPECT_EQ(Show(c.Call("concat", {array, reversed})),
              Show(c.Call("flatten", {A({array, reversed})})));
  }
}

// A key as a program may write it, and its text.
std::pair<Ref, std::string> Key(RandomValues* random) {
  const auto small = static_cast<int64_t>(random->Below(30)) - 10;
  switch (random->Below(4)) {
    case 0:
      return {I(small), std::to_string(small)};
    case 1:
      return {F(static_cast<double>(small)), small == 0 ? "0" : std::to_string(small)};
    case 2:
      return {S(std::to_string(small)), std::to_string(small)};
    default: {
      std::string text = random->Letters();
      return {S(text), text};
    }
  }
}

TEST(CollectionPropertyTest, Dicts) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds / 5; ++seed) {
    RandomValues random(seed);
    std::map<std::string, int64_t> model;
    Ref dict = D({});
    for (int64_t step = 0; step < 100; ++step) {
      const auto [key, text] = Key(&random);
      const auto found = model.find(text);
      EXPECT_EQ(c.Call("has_key", {dict, key}).get().i, found != model.end());
      EXPECT_EQ(c.Call("get", {dict, key, I(-1)}).get().i,
                found == model.end() ? -1 : found->second);
      if (random.OneIn(3)) {
        const Ref removed = c.Call("remove", {dict, key});
        EXPECT_EQ(ArrayGet(removed.As<Array>(), 1).i, found == model.end() ? 0 : found->second);
        dict = Ref::Share(ArrayGet(removed.As<Array>(), 0));
        model.erase(text);
      } else {
        dict = c.Call("merge", {dict, D({{text, I(step)}})});
        model[text] = step;
      }
      EXPECT_EQ(c.Call("len", {dict}).get().i, static_cast<int64_t>(model.size()));
    }
    std::vector<Ref> keys;
    std::vector<Ref> values;
    for (const auto& [text, value] : model) {
      keys.push_back(S(text));
      values.push_back(I(value));
    }
    EXPECT_EQ(Show(c.Call("keys", {dict})), Show(A(keys)));
    EXPECT_EQ(Show(c.Call("values", {dict})), Show(A(values)));
    EXPECT_EQ(Show(c.Call("items", {dict})), Show(c.Call("zip", {A(keys), A(values)})));
  }
}

// Members of a set as a list: by `==`, in the order they came.
class SetModel {
 public:
  bool Has(const Ref& member) const { return Find(member) != members_.end(); }
  void Add(const Ref& member) {
    if (!Has(member)) members_.push_back(member);
  }
  void Remove(const Ref& member) {
    const auto found = Find(member);
    if (found != members_.end()) members_.erase(found);
  }
  const std::vector<Ref>& members() const { return members_; }

 private:
  std::vector<Ref>::const_iterator Find(const Ref& member) const {
    return std::find_if(members_.begin(), members_.end(),
                        [&](const Ref& m) { return ValuesEqual(m.get(), member.get()); });
  }
  std::vector<Ref> members_;
};

TEST(CollectionPropertyTest, Sets) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds / 5; ++seed) {
    RandomValues random(seed);
    SetModel models[2];
    Ref sets[2] = {c.Call("Set", {}), c.Call("Set", {})};
    for (int step = 0; step < 60; ++step) {
      const uint64_t i = random.Below(2);
      const Ref member = Element(&random);
      EXPECT_EQ(c.Call("set_has", {sets[i], member}).get().b, models[i].Has(member));
      if (random.OneIn(3)) {
        sets[i] = c.Call("set_remove", {sets[i], member});
        models[i].Remove(member);
      } else {
        sets[i] = c.Call("set_add", {sets[i], member});
        models[i].Add(member);
      }
      ASSERT_EQ(Show(c.Call("set_to_array", {sets[i]})), Show(A(models[i].members()))) << seed;
    }
    SetModel both = models[0];
    SetModel shared;
    SetModel rest;
    for (const Ref& m : models[1].members()) both.Add(m);
    for (const Ref& m : models[0].members()) (models[1].Has(m) ? shared : rest).Add(m);
    const auto members = [&](const char* function) {
      return Show(c.Call("set_to_array", {c.Call(function, {sets[0], sets[1]})}));
    };
    EXPECT_EQ(members("set_union"), Show(A(both.members())));
    EXPECT_EQ(members("set_intersect"), Show(A(shared.members())));
    EXPECT_EQ(members("set_difference"), Show(A(rest.members())));
  }
}

TEST(CollectionPropertyTest, QueuesAndStacks) {
  TestContext c;
  for (uint64_t seed = 0; seed < kSeeds / 5; ++seed) {
    RandomValues random(seed);
    std::deque<Ref> model;
    const bool is_queue = random.OneIn(2);
    const std::string name = is_queue ? "queue" : "stack";
    Ref sequence = c.Call(is_queue ? "Queue" : "Stack", {});
    for (int step = 0; step < 100; ++step) {
      if (random.OneIn(2)) {
        const Ref item = Element(&random);
        sequence = c.Call(is_queue ? "queue_enqueue" : "stack_push", {sequence, item});
        model.push_back(item);
      } else {
        const Ref next = model.empty() ? Null() : is_queue ? model.front() : model.back();
        EXPECT_EQ(Show(c.Call(name + "_peek", {sequence})), Show(next));
        const Ref pair = c.Call(is_queue ? "queue_dequeue" : "stack_pop", {sequence});
        EXPECT_EQ(Show(Ref::Share(ArrayGet(pair.As<Array>(), 1))), Show(next));
        sequence = Ref::Share(ArrayGet(pair.As<Array>(), 0));
        if (!model.empty()) is_queue ? model.pop_front() : model.pop_back();
      }
      EXPECT_EQ(c.Call(name + "_size", {sequence}).get().i, static_cast<int64_t>(model.size()));
      EXPECT_EQ(c.Call(name + "_is_empty", {sequence}).get().b, model.empty());
      ASSERT_EQ(Show(c.Call(name + "_to_array", {sequence})),
                Show(A({model.begin(), model.end()})));
    }
  }
}

}  // namespace
}  // namespace ruff
