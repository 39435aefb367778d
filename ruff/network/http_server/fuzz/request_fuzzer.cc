// Any bytes as requests: whole or piece by piece the same requests come out, and the same refusal.
// The first byte says how long the pieces are.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/network/http_server/request_parser.h"

namespace ruff {
namespace {

using State = RequestParser::State;

constexpr uint64_t kBodyLimit = 1'000;

std::string Describe(const ServerRequest& request) {
  std::string text = absl::StrCat(request.method, " ", request.target, " ", request.is_http_1_0,
                                  request.keeps_alive, "\n");
  for (const Header& header : request.headers) {
    RUFF_CHECK(IsHttpToken(header.name));
    absl::StrAppend(&text, header.name, ": ", header.value, "\n");
  }
  return absl::StrCat(text, "\n", request.body, "\n");
}

// What comes out of `input` in pieces of at most `piece` bytes.
std::string Read(std::string_view input, size_t piece) {
  RequestParser parser(kBodyLimit);
  std::string text;
  while (!input.empty()) {
    const std::string_view part = input.substr(0, piece);
    const size_t taken = parser.Feed(part);
    RUFF_CHECK(taken <= part.size());
    RUFF_CHECK(taken == part.size() || parser.state() == State::kComplete ||
               parser.state() == State::kRefused);
    if (parser.state() == State::kRefused) return absl::StrCat(text, parser.refusal());
    if (parser.state() == State::kComplete) {
      RUFF_CHECK(taken > 0);
      const ServerRequest request = parser.Take();
      RUFF_CHECK(IsHttpToken(request.method));
      RUFF_CHECK(request.body.size() <= kBodyLimit);
      text += Describe(request);
    }
    input.remove_prefix(taken);
  }
  return text;
}

}  // namespace
}  // namespace ruff

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  RUFF_CHECK(ruff::Read(input, input.size() + 1) == ruff::Read(input, size_t{data[0]} + 1));
  return 0;
}
