#include "ruff/runtime/builtins/regex_pattern.h"

#include <utf8proc.h>

#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "ruff/runtime/builtins/whitespace.h"

namespace ruff {
namespace {

constexpr size_t kMaxKept = 256;        // compiled patterns
constexpr size_t kMaxKeptBytes = 4096;  // of a pattern that is kept
constexpr char32_t kLastCharacter = 0x10FFFF;

// Members of a bracket expression.
constexpr std::string_view kDigit = R"(\p{Nd})";
constexpr std::string_view kNoDigit = R"(\P{Nd})";
constexpr std::string_view kWord = R"(\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\x{200c}\x{200d})";
constexpr std::string_view kSpace =
    R"(\t-\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})";

bool IsWordCharacter(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_PC:
      return true;
    default:
      return c == 0x200C || c == 0x200D;
  }
}

// The ranges of all characters that `is_member` is false for. Within brackets a complement can only
// be written this way.
std::string ComplementRanges(bool (*is_member)(char32_t)) {
  std::string out;
  char32_t first = 0;
  for (char32_t c = 0; c <= kLastCharacter + 1; ++c) {
    if (c <= kLastCharacter && !is_member(c)) continue;
    if (first < c) absl::StrAppendFormat(&out, "\\x{%x}-\\x{%x}", first, c - 1);
    first = c + 1;
  }
  return out;
}

const std::string& NoWord() {
  static const auto* const ranges = new std::string(ComplementRanges(IsWordCharacter));
  return *ranges;
}
const std::string& NoSpace() {
  static const auto* const ranges = new std::string(ComplementRanges(IsWhitespace));
  return *ranges;
}

void AppendBracketed(std::string_view prefix, std::string_view members, std::string* out) {
  out->append(prefix).append(members).push_back(']');
}

// Appends the escape `\c`; false when it is not in the language.
bool AppendEscape(char c, bool in_brackets, std::string* out) {
  switch (c) {
    case 'd':
      out->append(kDigit);
      return true;
    case 'D':
      out->append(kNoDigit);
      return true;
    case 'w':
      in_brackets ? (void)out->append(kWord) : AppendBracketed("[", kWord, out);
      return true;
    case 'W':
      in_brackets ? (void)out->append(NoWord()) : AppendBracketed("[^", kWord, out);
      return true;
    case 's':
      in_brackets ? (void)out->append(kSpace) : AppendBracketed("[", kSpace, out);
      return true;
    case 'S':
      in_brackets ? (void)out->append(NoSpace()) : AppendBracketed("[^", kSpace, out);
      return true;
    case 'C':
    case 'Q':
    case 'E':
      return false;
    default:
      out->push_back('\\');
      out->push_back(c);
      return true;
  }
}

std::shared_ptr<const RE2> Compile(std::string_view pattern) {
  std::string translated;
  if (!TranslatePattern(pattern, &translated)) return nullptr;
  RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_shared<const RE2>(translated, options);
  return compiled->ok() ? compiled : nullptr;
}

class PatternCache {
 public:
  std::shared_ptr<const RE2> Get(std::string_view pattern) {
    {
      absl::MutexLock lock(&mutex_);
      const auto found = kept_.find(pattern);
      if (found != kept_.end()) return found->second;
    }
    std::shared_ptr<const RE2> compiled = Compile(pattern);
    if (pattern.size() <= kMaxKeptBytes) {
      absl::MutexLock lock(&mutex_);
      if (kept_.size() >= kMaxKept) kept_.clear();
      kept_.emplace(pattern, compiled);
    }
    return compiled;
  }

 private:
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<const RE2>> kept_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

bool TranslatePattern(std::string_view pattern, std::string* out) {
  bool in_brackets = false;
  size_t i = 0;
  while (i < pattern.size()) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      if (!AppendEscape(pattern[i + 1], in_brackets, out)) return false;
      i += 2;
      continue;
    }
    out->push_back(c);
    ++i;
    if (in_brackets) {
      if (c == ']') in_brackets = false;
      if (c == '[' && pattern.substr(i).starts_with(':')) {
        // A POSIX class: its name holds no bracket.
        const size_t end = pattern.find(":]", i + 1);
        if (end == std::string_view::npos) continue;
        out->append(pattern.substr(i, end + 2 - i));
        i = end + 2;
      }
    } else if (c == '[') {
      in_brackets = true;
      // A closing bracket that comes first is a member.
      for (const char first : {'^', ']'}) {
        if (i == pattern.size() || pattern[i] != first) continue;
        out->push_back(first);
        ++i;
      }
    }
  }
  return true;
}

std::shared_ptr<const RE2> CompilePattern(std::string_view pattern) {
  static auto* const cache = new PatternCache();
  return cache->Get(pattern);
}

}  // namespace ruff
