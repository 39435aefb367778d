#include "ruff/async/core/outbox.h"

#include <thread>

#include "gtest/gtest.h"

namespace ruff {
namespace {

struct Counts {
  int done = 0;
  int deleted = 0;
};

class CountedWork final : public Work {
 public:
  explicit CountedWork(Counts* counts) : counts_(counts) {}
  ~CountedWork() override { ++counts_->deleted; }
  void Run() override { ADD_FAILURE() << "nobody runs it"; }
  void Done() override { ++counts_->done; }

 private:
  Counts* const counts_;
};

TEST(OutboxTest, DoneFollowsReturn) {
  Counts counts;
  Outbox outbox;
  auto* first = new CountedWork(&counts);
  outbox.Send(first);
  outbox.Send(new CountedWork(&counts));
  EXPECT_FALSE(outbox.Collect());
  outbox.Return(first);
  EXPECT_EQ(counts.done, 0);
  EXPECT_TRUE(outbox.Collect());
  EXPECT_EQ(counts.done, 1);
  EXPECT_EQ(counts.deleted, 1);
  EXPECT_EQ(outbox.size(), 1u);
}

TEST(OutboxTest, WhatIsStillOutIsDeleted) {
  Counts counts;
  {
    Outbox outbox;
    outbox.Send(new CountedWork(&counts));
  }
  EXPECT_EQ(counts.done, 0);
  EXPECT_EQ(counts.deleted, 1);
}

TEST(OutboxTest, WaitEndsWhenAnotherThreadReturns) {
  Counts counts;
  Outbox outbox;
  auto* work = new CountedWork(&counts);
  outbox.Send(work);
  std::thread other([&] { outbox.Return(work); });
  while (!outbox.Collect()) outbox.Wait(INT64_MAX);
  other.join();
  EXPECT_EQ(counts.done, 1);
}

TEST(OutboxTest, WaitEndsInTime) {
  Counts counts;
  Outbox outbox;
  outbox.Send(new CountedWork(&counts));
  outbox.Wait(1'000'000);
  EXPECT_FALSE(outbox.Collect());
}

}  // namespace
}  // namespace ruff
