#include "ruff/async/core/watch_list.h"

#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <memory>

#include "gtest/gtest.h"
#include "ruff/async/core/polled_watches.h"

namespace ruff {
namespace {

// One end of a connection of two descriptors.
struct Ends {
  Ends() { EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0); }
  ~Ends() {
    close(ends[0]);
    close(ends[1]);
  }
  int ends[2];
};

class Counter final : public Watcher {
 public:
  explicit Counter(int* gone = nullptr) : gone_(gone) {}
  ~Counter() override {
    if (gone_ != nullptr) ++*gone_;
  }
  void Ready(bool timed_out) override {
    ++(timed_out ? timeouts : calls);
    if (then) then();
  }

  std::unique_ptr<Watch> watch;
  int calls = 0;
  int timeouts = 0;
  std::function<void()> then;

 private:
  int* gone_;
};

TEST(PolledWatches, SaysWhatIsReady) {
  Ends pipe;
  PolledWatches watches;
  const auto counter = std::make_shared<Counter>();
  counter->watch = watches.NewWatch(pipe.ends[0], *counter);
  EXPECT_FALSE(watches.Poll(0, 0));
  counter->watch->Want(Watch::kRead);
  EXPECT_FALSE(watches.Poll(0, 0));
  ASSERT_EQ(write(pipe.ends[1], "x", 1), 1);
  EXPECT_TRUE(watches.Poll(1'000'000'000, 0));
  EXPECT_TRUE(watches.Poll(0, 0));  // still there
  EXPECT_EQ(counter->calls, 2);
  counter->watch->Want(Watch::kWrite);
  EXPECT_TRUE(watches.Poll(0, 0));
  counter->watch->Want(Watch::kNothing);
  EXPECT_FALSE(watches.Poll(0, 0));
  EXPECT_EQ(counter->calls, 3);
}

TEST(PolledWatches, CountsWhoWaits) {
  Ends pipe;
  PolledWatches watches;
  const auto counter = std::make_shared<Counter>();
  counter->watch = watches.NewWatch(pipe.ends[0], *counter);
  EXPECT_EQ(watches.waiting(), 0u);
  counter->watch->Want(Watch::kRead);
  EXPECT_EQ(watches.waiting(), 1u);
  EXPECT_EQ(watches.needed(), 0u);
  counter->watch->Want(Watch::kRead | Watch::kWrite | Watch::kFinish);
  EXPECT_EQ(watches.needed(), 1u);
  counter->watch.reset();
  EXPECT_EQ(watches.waiting() + watches.needed(), 0u);
}

TEST(PolledWatches, DeadlinesPassOnce) {
  Ends pipe;
  PolledWatches watches;
  const auto counter = std::make_shared<Counter>();
  counter->watch = watches.NewWatch(pipe.ends[0], *counter);
  counter->watch->Want(Watch::kRead, 100);
  counter->watch->Want(Watch::kRead, 200);  // moved on
  EXPECT_FALSE(watches.Poll(0, 150));
  EXPECT_TRUE(watches.Poll(0, 200));
  EXPECT_FALSE(watches.Poll(0, 300));
  EXPECT_EQ(counter->timeouts, 1);
  counter->watch->Want(Watch::kRead, 400);
  EXPECT_TRUE(watches.Poll(1'000'000'000, 399));  // waits for the deadline, no longer
  EXPECT_EQ(counter->timeouts, 2);
  EXPECT_EQ(counter->calls, 0);
}

TEST(PolledWatches, OwnWatchersThatWait) {
  Ends pipe;
  int gone = 0;
  PolledWatches watches;
  auto counter = std::make_shared<Counter>(&gone);
  Counter* const borrowed = counter.get();
  counter->watch = watches.NewWatch(pipe.ends[0], *counter);
  counter->watch->Want(Watch::kRead);
  counter->then = [&] { borrowed->watch->Want(Watch::kNothing); };
  counter.reset();
  EXPECT_EQ(gone, 0);
  ASSERT_EQ(write(pipe.ends[1], "x", 1), 1);
  EXPECT_TRUE(watches.Poll(0, 0));
  EXPECT_EQ(gone, 1);
  EXPECT_EQ(watches.waiting(), 0u);
}

TEST(PolledWatches, LetGoOfAllAtTheEnd) {
  Ends one;
  Ends other;
  int gone = 0;
  const auto kept = std::make_shared<Counter>(&gone);
  {
    PolledWatches watches;
    auto counter = std::make_shared<Counter>(&gone);
    counter->watch = watches.NewWatch(one.ends[0], *counter);
    counter->watch->Want(Watch::kRead, 100);
    counter.reset();
    kept->watch = watches.NewWatch(other.ends[0], *kept);
    kept->watch->Want(Watch::kRead);
  }
  EXPECT_EQ(gone, 1);
  kept->watch->Want(Watch::kWrite);  // does nothing
  EXPECT_EQ(kept->calls, 0);
}

}  // namespace
}  // namespace ruff
