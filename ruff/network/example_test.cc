// Runs the example of every row and compares what it prints.

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"
#include "ruff/network/http_client/families.h"
#include "ruff/network/http_server/families.h"
#include "ruff/network/run_network_program.h"
#include "ruff/network/tcp/families.h"
#include "ruff/network/udp/families.h"

namespace ruff {
namespace {

void CheckExamples(absl::Span<const NativeFunction> table) {
  for (const NativeFunction& native : table) {
    if ((native.flags & NativeFunction::kHidden) != 0) continue;
    ASSERT_FALSE(native.example.empty()) << native.name;
    const size_t arrow = native.example.rfind(" => ");
    EXPECT_EQ(RunNetworkProgram(native.example.substr(0, arrow)),
              absl::StrCat(native.example.substr(arrow + 4), "\n"))
        << native.name;
  }
}

TEST(ExampleTest, HttpClient) { CheckExamples(HttpClientBuiltins()); }
TEST(ExampleTest, HttpServer) { CheckExamples(HttpServerBuiltins()); }
TEST(ExampleTest, HttpResponse) { CheckExamples(HttpResponseBuiltins()); }
TEST(ExampleTest, Tcp) { CheckExamples(TcpBuiltins()); }
TEST(ExampleTest, Udp) { CheckExamples(UdpBuiltins()); }

}  // namespace
}  // namespace ruff
