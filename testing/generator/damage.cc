// Programs of the other families with a few places damaged: nearly right input, where parsers
// break. Nothing is known about what they do, except that they must end in an orderly way.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "ruff/lang/lex/token.h"
#include "testing/generator/family.h"

namespace ruff::generator {
namespace {

constexpr uint64_t kMaxSize = 2000;

std::string Original(Decisions& decisions, uint64_t size) {
  const std::span<const Kind> sources[] = {LiteralKinds(), PromiseKinds(), ProgramKinds()};
  // General programs have the most to damage.
  const auto kinds = sources[decisions.Weighted(std::array{1, 2, 5})];
  Sink sink;
  Expectation ignored;
  kinds[decisions.Below(kinds.size())].write(decisions, std::min(size, kMaxSize), sink, ignored);
  return sink.text();
}

void WriteBytes(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  std::string text = Original(decisions, size);
  for (uint64_t left = 1 + decisions.Below(5); left > 0 && !text.empty(); --left) {
    const size_t at = decisions.Below(text.size());
    const size_t length = std::min<size_t>(1 + decisions.Below(40), text.size() - at);
    switch (decisions.Below(5)) {
      case 0:
        text[at] = static_cast<char>(decisions.Below(256));
        break;
      case 1:
        text.insert(at, 1, static_cast<char>(decisions.Below(256)));
        break;
      case 2:
        text.erase(at, length);
        break;
      case 3:
        text.insert(decisions.Below(text.size()), std::string(text, at, length));
        break;
      default:
        text.resize(at);  // the rest never came
        break;
    }
  }
  program.Write(text);
  expectation.known = false;
}

bool IsWord(char c) { return absl::ascii_isalnum(c) || c == '_'; }

// Words, numbers, single other characters and runs of white space; together they are the text.
std::vector<std::string_view> Pieces(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin + 1;
    const auto extend = [&](auto belongs) {
      while (end < text.size() && belongs(text[end])) ++end;
    };
    if (IsWord(text[begin])) {
      extend(IsWord);
    } else if (absl::ascii_isspace(text[begin])) {
      extend(absl::ascii_isspace);
    }
    pieces.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return pieces;
}

void WriteTokens(Decisions& decisions, uint64_t size, Sink& program, Expectation& expectation) {
  const std::string text = Original(decisions, size);
  std::vector<std::string_view> pieces = Pieces(text);
  for (uint64_t left = 1 + decisions.Below(5); left > 0 && !pieces.empty(); --left) {
    const size_t at = decisions.Below(pieces.size());
    switch (decisions.Below(4)) {
      case 0:
        pieces.erase(pieces.begin() + at);
        break;
      case 1:
        pieces.insert(pieces.begin() + at, pieces[decisions.Below(pieces.size())]);
        break;
      case 2:
        std::swap(pieces[at], pieces[decisions.Below(pieces.size())]);
        break;
      default:
        pieces[at] = SpellingOf(static_cast<TokenKind>(decisions.Below(kTokenKindCount)));
        break;
    }
  }
  for (std::string_view piece : pieces) program.Write(piece);
  expectation.known = false;
}

}  // namespace

std::span<const Kind> DamageKinds() {
  static constexpr Kind kKinds[] = {
      {"bytes", "bytes changed, added, removed, repeated or cut off", WriteBytes},
      {"tokens", "tokens removed, repeated, exchanged or replaced", WriteTokens},
  };
  return kKinds;
}

}  // namespace ruff::generator
