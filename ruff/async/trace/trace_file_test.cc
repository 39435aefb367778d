#include "ruff/async/trace/trace_file.h"

#include <stdlib.h>

#include <fstream>
#include <sstream>
#include <string>

#include "gtest/gtest.h"
#include "ruff/async/core/blocking_poller.h"

namespace ruff {
namespace {

class Nothing final : public Work {
 public:
  std::string_view name() const override { return "a \"quoted\" name"; }
  void Run() override {}
  void Done() override {}
};

std::string TextOf(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(TraceFile, RecordsWork) {
  const std::string path = std::string(getenv("TEST_TMPDIR")) + "/trace.json";
  {
    auto trace = TraceFile::Create(path);
    ASSERT_TRUE(trace.ok());
    SystemClock clock;
    (*trace)->set_clock(&clock);
    BlockingPoller inner(clock);
    const std::unique_ptr<Poller> poller = NewTracingPoller(inner, **trace);
    poller->Start(new Nothing());
    poller->Start(new Nothing());
    EXPECT_EQ(poller->in_flight(), 2u);
    poller->Poll(0);
    EXPECT_EQ(poller->in_flight(), 0u);
  }
  const std::string text = TextOf(path);
  EXPECT_TRUE(text.starts_with("{\"displayTimeUnit\": \"ms\", \"traceEvents\": [\n"));
  EXPECT_TRUE(text.ends_with("\n]}\n"));
  size_t count = 0;
  for (size_t at = 0;
       (at = text.find("\"name\": \"a \\\"quoted\\\" name\"", at)) != std::string::npos; ++at) {
    ++count;
  }
  EXPECT_EQ(count, 4u);
}

TEST(TraceFile, TellsWhyThereIsNone) {
  EXPECT_EQ(TraceFile::Create("/nowhere/x").status().message(), "No such file or directory");
}

}  // namespace
}  // namespace ruff
