#include "ruff/runtime/value/heap.h"

#include <vector>

#include "gtest/gtest.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"

namespace ruff {
namespace {

class HeapTest : public testing::Test {
 protected:
  Heap heap_;
  HeapScope scope_{&heap_};
};

TEST_F(HeapTest, AccountsExactly) {
  void* small = heap_.AllocateObject(20);
  EXPECT_EQ(heap_.bytes_in_use(), 32u);
  void* large = heap_.AllocateObject(1000);
  EXPECT_EQ(heap_.bytes_in_use(), 32u + 1008u);
  EXPECT_EQ(heap_.object_count(), 2u);
  small = heap_.ReallocateObject(small, 20, 500);
  EXPECT_EQ(heap_.bytes_in_use(), 512u + 1008u);
  EXPECT_EQ(heap_.allocations(), 2u);
  heap_.FreeObject(large, 1000);
  heap_.FreeObject(small, 500);
  EXPECT_EQ(heap_.bytes_in_use(), 0u);
  EXPECT_EQ(heap_.object_count(), 0u);
  EXPECT_EQ(heap_.peak_bytes(), 512u + 1008u);
}

TEST_F(HeapTest, BuffersGrowAndShrink) {
  void* p = heap_.ReallocateBuffer(nullptr, 0, 24);
  static_cast<char*>(p)[23] = 'x';
  p = heap_.ReallocateBuffer(p, 24, 4096);
  EXPECT_EQ(static_cast<char*>(p)[23], 'x');
  p = heap_.ReallocateBuffer(p, 4096, 64);
  EXPECT_EQ(static_cast<char*>(p)[23], 'x');
  EXPECT_EQ(heap_.bytes_in_use(), 64u);
  EXPECT_EQ(heap_.ReallocateBuffer(p, 64, 0), nullptr);
  EXPECT_EQ(heap_.bytes_in_use(), 0u);
}

TEST_F(HeapTest, LimitIsPolledAndAsked) {
  heap_.set_limit(1000);
  EXPECT_TRUE(heap_.CanAllocate(1000));
  EXPECT_FALSE(heap_.CanAllocate(1001));
  void* p = heap_.AllocateObject(1000);
  EXPECT_TRUE(heap_.over_limit());
  EXPECT_FALSE(heap_.CanAllocate(1));
  heap_.FreeObject(p, 1000);
  EXPECT_FALSE(heap_.over_limit());
  heap_.set_limit(Heap::kNoLimit);
  EXPECT_FALSE(heap_.CanAllocate(uint64_t{1} << 62));
}

TEST_F(HeapTest, SmallBlocksAreReused) {
  void* p = heap_.AllocateObject(64);
  heap_.FreeObject(p, 64);
  if (!RUFF_SANITIZED_MEMORY) EXPECT_EQ(heap_.AllocateObject(50), p);
}

TEST_F(HeapTest, OneAllocationPerSmallObject) {
  const uint64_t before = heap_.allocations();
  Release(Value::Heap(NewBox(Kind::kOk, Value::Int(1))));
  Release(Value::Heap(NewCell(Value::Null())));
  Release(Value::Heap(NewString("hello")));
  EXPECT_EQ(heap_.allocations() - before, 3u);
  EXPECT_EQ(heap_.buffer_allocations(), 0u);
  EXPECT_EQ(heap_.object_count(), 0u);
}

TEST_F(HeapTest, DestroysMillionNestedArrays) {
  Value value = Value::Heap(NewArray());
  for (int i = 0; i < 1'000'000; ++i) {
    Array* outer = NewArray(1, Array::kValues);
    ArrayPush(outer, value);
    value = Value::Heap(outer);
  }
  Release(value);
  EXPECT_EQ(heap_.object_count(), 0u);
  EXPECT_EQ(heap_.bytes_in_use(), 0u);
}

TEST_F(HeapTest, DestroysMillionNestedBoxes) {
  Value value = Value::Int(0);
  for (int i = 0; i < 1'000'000; ++i) value = Value::Heap(NewBox(Kind::kSome, value));
  Release(value);
  EXPECT_EQ(heap_.object_count(), 0u);
}

TEST_F(HeapTest, SharedChildrenSurvive) {
  Ref text(NewString("shared"));
  Array* a = NewArray();
  for (int i = 0; i < 10; ++i) ArrayPush(a, Retain(text.get()));
  ReleaseObject(a);
  EXPECT_EQ(text.get().object->refcount, 1u);
  EXPECT_EQ(text.As<String>()->view(), "shared");
}

TEST(DefaultHeapTest, ExistsPerThread) {
  Ref text(NewString("x"));
  EXPECT_EQ(Heap::Current()->object_count(), 1u);
  EXPECT_NE(Heap::Current(), nullptr);
}

// A kind of another library, with resources of its own.
struct Resource {
  Object header;
  std::vector<int>* log;
  Value value;
};
void VisitResource(Object* object, ChildVisitor& visitor) {
  visitor.Visit(reinterpret_cast<Resource*>(object)->value);
}
size_t DisposeResource(Object* object) {
  reinterpret_cast<Resource*>(object)->log->push_back(2);
  return sizeof(Resource);
}
void ResourceDying(Object* object) {
  auto* resource = reinterpret_cast<Resource*>(object);
  resource->log->push_back(resource->value.As<String>()->view() == "alive" ? 1 : -1);
}
std::string_view ResourceType(const Object*) { return "resource"; }

const KindRegistration kHandle(Kind::kHandle, {.visit = VisitResource,
                                               .dispose = DisposeResource,
                                               .dying = ResourceDying,
                                               .type_name = ResourceType});

TEST_F(HeapTest, KindsRegisterTheirRow) {
  std::vector<int> log;
  auto* resource = NewObject<Resource>(Kind::kHandle);
  resource->log = &log;
  resource->value = Value::Heap(NewString("alive"));
  EXPECT_EQ(TypeName(Value::Heap(resource)), "resource");
  EXPECT_EQ(MessageTypeName(Value::Heap(resource)), "value");
  ReleaseObject(resource);
  EXPECT_EQ(log, (std::vector<int>{1, 2}));
  EXPECT_EQ(heap_.object_count(), 0u);
}

}  // namespace
}  // namespace ruff
