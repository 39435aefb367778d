// Processes as programs see them. The conformance cases show the rest.

#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/host/run_host_program.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

TEST(ProcessTest, OtherTasksGoOn) {
  EXPECT_EQ(RunHostProgram(R"(
spawn { for i in range(3) { print("tick") sleep(20) } }
print(execute("sleep 0.3; printf done"))
)"),
            "tick\ntick\ntick\ndone\n");
}

TEST(ProcessTest, TwoHundredAtOnce) {
  EXPECT_EQ(RunHostProgram(R"(
begin := performance_now()
async func one(i) { return parse_int(execute("printf " + to_string(i) + "; sleep 0.3")) }
numbers := await promise_all(map(range(200), one))
print(len(numbers), sum(numbers), performance_now() - begin < 20000)
)"),
            "200 19900 true\n");
}

// Cancellation is not passed on: the process ends by itself, the program waits for it.
TEST(ProcessTest, ACancelledTaskLeavesItsProcess) {
  const TempDir dir;
  EXPECT_EQ(RunHostProgram(absl::StrCat(R"(
task := spawn_task(func() { execute("sleep 0.2; touch )",
                                        dir.Join("late"), R"(; exit 1"); print("never") })
sleep(50)
print(cancel_task(task))
)")),
            "true\n");
  EXPECT_EQ(access(dir.Join("late").c_str(), F_OK), 0);
}

TEST(ProcessTest, NoProcessOutlivesTheProgram) {
  const TempDir dir;
  EXPECT_EQ(RunHostProgram(absl::StrCat(R"(
spawn { execute("sleep 1; touch )",
                                        dir.Join("late"), R"(") }
sleep(50)
exit(0)
)")),
            "");
  sleep(2);
  EXPECT_NE(access(dir.Join("late").c_str(), F_OK), 0);
}

// A busy program does not make time limits longer.
TEST(ProcessTest, LimitsHoldWhileTheProgramComputes) {
  const TempDir dir;
  EXPECT_EQ(RunHostProgram(absl::StrCat(R"(
task := spawn_task(func() {
  return execute_status("sleep 0.5; touch )",
                                        dir.Join("late"), R"(", {"timeout_ms": 100}).timed_out
})
sleep(20)
begin := performance_now()
while performance_now() - begin < 1000 { }
print(await await_task(task))
)")),
            "true\n");
  EXPECT_NE(access(dir.Join("late").c_str(), F_OK), 0);
}

TEST(ProcessTest, WorkersBlock) {
  EXPECT_EQ(RunHostProgram(R"(
func run(i) { return execute("printf " + to_string(i)) }
print(await parallel_map(range(5), run))
print(await parallel_map(["printf a", "printf b"], execute))
try { await parallel_map(["printf a", "exit 3"], execute) } except e { print(e.message) }
)"),
            "[0, 1, 2, 3, 4]\n[a, b]\n"
            "Promise rejected: Promise 1 rejected: execute() command failed with exit code 3: \n");
}

TEST(ProcessTest, OutputThatIsNotText) {
  EXPECT_EQ(RunHostProgram(R"(
print(execute("printf 'a\\377b'"))
print(execute_status("printf '\\303\\244\\303\\244'", {"max_output_bytes": 3}).stdout)
try { pipe_commands([["printf", "ab\\303"]]) } except e { print(e.message) }
)"),
            "a\uFFFDb\nä\uFFFD\n"
            "Failed to decode output as UTF-8: incomplete utf-8 byte sequence from index 2\n");
}

TEST(ProcessTest, TheDirectoryIsThatOfTheCall) {
  EXPECT_EQ(RunHostProgram(R"(
os_chdir("/")
task := spawn_task(func() { return execute("sleep 0.1; pwd") })
sleep(10)
os_chdir("/tmp")
print(await await_task(task))
)"),
            "/\n\n");
}

TEST(ProcessTest, TheEnvironmentIsThatOfTheCall) {
  EXPECT_EQ(RunHostProgram(R"(
env_set("RUFF_TEST_COLOR", "red")
task := spawn_task(func() { return execute("sleep 0.1; printf $RUFF_TEST_COLOR") })
sleep(10)
env_set("RUFF_TEST_COLOR", "blue")
print(await await_task(task), execute("printf $RUFF_TEST_COLOR"))
print(execute("printf x", {"env": {"A=B": "c", "": "d"}}))
nul := parse_json("\"\\u0000\"")
try { execute("true", {"env": {"A": nul}}) } except e { print(e.message) }
)"),
            "red blue\nx\nFailed to spawn process 'sh -c true': nul byte found in provided data\n");
}

}  // namespace
}  // namespace ruff
