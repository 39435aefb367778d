#include "ruff/async/uv/uv_poller.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "gtest/gtest.h"
#include "ruff/async/core/blocking_poller.h"

namespace ruff {
namespace {

// Counts what happens to it.
struct Counts {
  std::atomic<int> runs = 0;
  int dones = 0;
  int deleted = 0;
};

class CountedWork final : public Work {
 public:
  explicit CountedWork(Counts* counts) : counts_(counts) {}
  ~CountedWork() override { ++counts_->deleted; }
  void Run() override { ++counts_->runs; }
  void Done() override { ++counts_->dones; }

 private:
  Counts* const counts_;
};

// Runs until it is stopped.
class EndlessWork final : public Work {
 public:
  void Run() override { stopped_.wait(false); }
  void Stop() override {
    stopped_.store(true);
    stopped_.notify_all();
  }
  void Done() override { ADD_FAILURE() << "nobody waited for it"; }

 private:
  std::atomic<bool> stopped_ = false;
};

// Runs until a while after it has been stopped.
class SlowlyEndingWork final : public Work {
 public:
  void Run() override {
    stopped_.wait(false);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  void Stop() override {
    stopped_.store(true);
    stopped_.notify_all();
  }
  void Done() override {}

 private:
  std::atomic<bool> stopped_ = false;
};

class Counter final : public Watcher {
 public:
  void Ready(bool timed_out) override {
    ++(timed_out ? timeouts : calls);
    if (calls == 3) watch->Want(Watch::kNothing);
  }

  std::unique_ptr<Watch> watch;
  int calls = 0;
  int timeouts = 0;
};

// Two descriptors that are connected.
struct Ends {
  Ends() { EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0); }
  ~Ends() {
    close(ends[0]);
    close(ends[1]);
  }
  int ends[2];
};

int64_t NowNs() { return SystemClock().NowNs(); }

int OpenDescriptors() {
  DIR* folder = opendir("/proc/self/fd");
  if (folder == nullptr) return 0;  // no such folder on this system
  int count = 0;
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

TEST(UvPoller, WorkIsDoneOnceAndDeleted) {
  Counts counts;
  const std::unique_ptr<Poller> poller = NewUvPoller(false);
  for (int i = 0; i < 10; ++i) {
    poller->Start(new CountedWork(&counts));
    poller->StartThread(new CountedWork(&counts));
  }
  EXPECT_EQ(poller->in_flight(), 20u);
  while (poller->in_flight() != 0) poller->Poll(Poller::kForever);
  EXPECT_EQ(counts.runs.load(), 20);
  EXPECT_EQ(counts.dones, 20);
  EXPECT_EQ(counts.deleted, 20);
}

TEST(UvPoller, A84_HasFourThreadsOrMore) {
  const std::unique_ptr<Poller> poller = NewUvPoller(false);
  EXPECT_GE(poller->threads(), 4u);
  EXPECT_GE(poller->threads(), std::thread::hardware_concurrency());
}

TEST(UvPoller, A84_TheEnvironmentSaysHowMany) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  const auto exit_with_threads = [](const char* wanted) {
    setenv("UV_THREADPOOL_SIZE", wanted, 1);
    exit(static_cast<int>(NewUvPoller(false)->threads()));
  };
  EXPECT_EXIT(exit_with_threads("7"), testing::ExitedWithCode(7), "");
  EXPECT_EXIT(exit_with_threads("nonsense"), testing::ExitedWithCode(1), "");
}

TEST(UvPoller, ThreadsAreStoppedAtTheEnd) {
  const std::unique_ptr<Poller> poller = NewUvPoller(false);
  poller->StartThread(new EndlessWork());
  poller->StartThread(new EndlessWork());
}

TEST(UvPoller, WatchesDescriptors) {
  Ends pipe;
  const std::unique_ptr<Poller> poller = NewUvPoller(false);
  const auto counter = std::make_shared<Counter>();
  counter->watch = poller->NewWatch(pipe.ends[0], *counter);
  EXPECT_EQ(poller->watching(), 0u);
  counter->watch->Want(Watch::kRead, NowNs() + 20'000'000);
  EXPECT_EQ(poller->watching(), 1u);
  EXPECT_EQ(poller->in_flight(), 0u);
  while (counter->timeouts == 0) poller->Poll(Poller::kForever);
  std::thread writer([&] { EXPECT_EQ(write(pipe.ends[1], "x", 1), 1); });
  while (counter->calls < 3) poller->Poll(Poller::kForever);  // as long as it is not read
  writer.join();
  poller->Poll(NowNs() + 1'000'000);
  EXPECT_EQ(counter->calls, 3);
  counter->watch->Want(Watch::kWrite | Watch::kFinish);
  EXPECT_EQ(poller->in_flight(), 1u);
  poller->Poll(Poller::kForever);
  EXPECT_EQ(counter->calls, 4);
}

TEST(UvPoller, WatchesMayOutliveIt) {
  Ends pipe;
  const auto counter = std::make_shared<Counter>();
  {
    const std::unique_ptr<Poller> poller = NewUvPoller(false);
    counter->watch = poller->NewWatch(pipe.ends[0], *counter);
    counter->watch->Want(Watch::kRead | Watch::kFinish, NowNs());
  }
  counter->watch->Want(Watch::kWrite);
  counter->watch.reset();
  EXPECT_EQ(counter->calls + counter->timeouts, 0);
}

// Reads a byte at a time until an error.
class Reader final : public Watcher {
 public:
  explicit Reader(int descriptor) : descriptor_(descriptor) {}
  void Ready(bool) override {
    char byte;
    const ssize_t n = recv(descriptor_, &byte, 1, MSG_DONTWAIT);
    bytes += n == 1;
    if (n < 0 && errno != EAGAIN) {
      error = errno;
      watch->Want(Watch::kNothing);
    }
  }

  std::unique_ptr<Watch> watch;
  int bytes = 0;
  int error = 0;

 private:
  const int descriptor_;
};

// What came before a connection was reset is read, and then the error.
TEST(UvPoller, TellsOfFailuresUntilTheyAreHeeded) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(bind(listener, generic, size), 0);
  ASSERT_EQ(listen(listener, 1), 0);
  ASSERT_EQ(getsockname(listener, generic, &size), 0);
  const int client = socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_EQ(connect(client, generic, size), 0);
  const int server = accept(listener, nullptr, nullptr);
  ASSERT_EQ(send(client, "abc", 3, 0), 3);
  const linger at_once = {.l_onoff = 1, .l_linger = 0};
  setsockopt(client, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close(client);  // resets

  const std::unique_ptr<Poller> poller = NewUvPoller(false);
  const auto reader = std::make_shared<Reader>(server);
  reader->watch = poller->NewWatch(server, *reader);
  reader->watch->Want(Watch::kRead);
  const int64_t end = NowNs() + int64_t{10'000'000'000};
  while (reader->error == 0 && NowNs() < end) poller->Poll(end);
  EXPECT_EQ(reader->bytes, 3);
  EXPECT_EQ(reader->error, ECONNRESET);
  reader->watch.reset();
  close(server);
  close(listener);
}

// Work that comes back between two looks wakes it up all the same.
TEST(UvPoller, NoReturnIsMissed) {
  Ends pipe;
  Counts counts;
  const std::unique_ptr<Poller> poller = NewUvPoller(false);
  const auto counter = std::make_shared<Counter>();
  counter->watch = poller->NewWatch(pipe.ends[0], *counter);
  counter->watch->Want(Watch::kRead);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 3'000; ++i) {
    auto* work = new CountedWork(&counts);
    poller->SendOut(work);
    std::thread returner([&] { poller->Return(work); });
    while (poller->in_flight() != 0) poller->Poll(NowNs() + int64_t{20'000'000'000});
    returner.join();
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  EXPECT_EQ(counts.dones, 3'000);
}

TEST(UvPoller, AThousandLeaveNothingBehind) {
  Counts counts;
  int descriptors = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::unique_ptr<Poller> poller = NewUvPoller(/*takes_interrupts=*/i % 2 == 0);
    poller->Start(new CountedWork(&counts));
    poller->StartThread(new CountedWork(&counts));
    if (i % 3 != 0) {
      while (poller->in_flight() != 0) poller->Poll(Poller::kForever);
    }
    if (i == 0) descriptors = OpenDescriptors();
  }
  EXPECT_EQ(counts.deleted, 2000);
  EXPECT_LT(OpenDescriptors(), descriptors);
}

TEST(UvPoller, ThreadsEndAtTheSameTime) {
  const auto begin = std::chrono::steady_clock::now();
  {
    const std::unique_ptr<Poller> poller = NewUvPoller(false);
    for (int i = 0; i < 100; ++i) poller->StartThread(new SlowlyEndingWork);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

}  // namespace
}  // namespace ruff
