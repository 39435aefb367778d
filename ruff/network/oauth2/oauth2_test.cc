#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "ruff/async/run_program.h"
#include "ruff/network/http_client/canned_server.h"
#include "ruff/network/network_builtins.h"
#include "ruff/network/oauth2/families.h"

namespace ruff {
namespace {

std::string RunText(std::string_view program) {
  RegisterNetworkBuiltins();
  const ProgramRun run = RunProgram(program, {.real = true});
  EXPECT_EQ(run.live_objects, 0u) << program;
  return run.output;
}

TEST(Oauth2Test, Examples) {
  for (const NativeFunction& native : Oauth2Builtins()) {
    const size_t arrow = native.example.rfind(" => ");
    EXPECT_EQ(RunText(native.example.substr(0, arrow)),
              absl::StrCat(native.example.substr(arrow + 4), "\n"))
        << native.name;
  }
}

TEST(Oauth2Test, AuthUrl) {
  EXPECT_EQ(RunText(R"(
a := oauth2_auth_url("a b~", "http://x/?y=é", "https://s", "r*")
print(split(a, "&state=")[0])
b := oauth2_auth_url("", "", "https://s?k=v", "")
print(split(b, "&state=")[0], split(a, "state=")[1] == split(b, "state=")[1])
)"),
            "https://s?client_id=a%20b~&redirect_uri=http%3A%2F%2Fx%2F%3Fy%3D%C3%A9"
            "&response_type=code&scope=r%2A\n"
            "https://s?k=v&client_id=&redirect_uri=&response_type=code&scope= false\n");
}

TEST(Oauth2Test, GetToken) {
  CannedServer server({CannedAnswer("200 OK", R"({"access_token": "t", "n": [1, 2.5]})"),
                       CannedAnswer("201 Created", "[1]"), CannedAnswer("400 Bad", "who?"),
                       CannedAnswer("200 OK", "no json")});
  EXPECT_EQ(RunText(absl::StrReplaceAll(R"(
func get() {
  try { return oauth2_get_token("co de", "id", "s&~*", "URL", "r") } except e { return e.message }
}
for i in range(0, 3) { print(get()) }
print(starts_with(get(), "Failed to parse OAuth2 token response: "))
)",
                                        {{"URL", server.Url("/token")}})),
            "{\"access_token\": t, \"n\": [1, 2.5]}\n{}\n"
            "OAuth2 token request failed with status 400: who?\ntrue\n");
  const std::string& request = server.requests()[0];
  EXPECT_TRUE(request.starts_with("POST /token HTTP/1.1\r\n")) << request;
  EXPECT_NE(request.find("content-type: application/x-www-form-urlencoded\r\n"), request.npos);
  EXPECT_TRUE(
      request.ends_with("\r\n\r\ngrant_type=authorization_code&code=co+de&client_id=id"
                        "&client_secret=s%26%7E*&redirect_uri=r"))
      << request;
}

TEST(Oauth2Test, TransportAndPolicy) {
  EXPECT_EQ(RunText(R"(
try { oauth2_get_token("c", "i", "s", "http://127.0.0.1:1/", "r") } except e { print(e.message) }
)"),
            "OAuth2 token request failed: error sending request for url (http://127.0.0.1:1/): "
            "error trying to connect: tcp connect error: Connection refused (os error 111)\n");
}

}  // namespace
}  // namespace ruff
