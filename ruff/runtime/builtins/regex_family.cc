// Regular expressions: search, replacement and splitting. An invalid pattern matches nothing.

#include <optional>
#include <string>
#include <vector>

#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/bounded_text.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/builtins/regex_pattern.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

constexpr std::string_view kMatchType = "regex_match requires two string arguments (text, pattern)";
constexpr std::string_view kFindAllType =
    "regex_find_all requires two string arguments (text, pattern)";
constexpr std::string_view kReplaceType =
    "regex_replace requires three string arguments (text, pattern, replacement)";
constexpr std::string_view kSplitType = "regex_split requires two string arguments (text, pattern)";

bool AreStrings(const Value* args, uint32_t count, uint32_t wanted) {
  if (count < wanted) return false;
  for (uint32_t i = 0; i < wanted; ++i) {
    if (!args[i].IsString()) return false;
  }
  return true;
}

// All matches, left to right, not overlapping. An empty match directly behind the one before does
// not count.
class Matches {
 public:
  // With the first `groups` groups; group 0 is the whole match.
  Matches(const RE2& pattern, std::string_view text, size_t groups = 1)
      : pattern_(pattern), text_(text), groups_(groups) {}

  bool Next() {
    while (from_ <= text_.size() &&
           pattern_.Match(text_, from_, text_.size(), RE2::UNANCHORED, groups_.data(),
                          static_cast<int>(groups_.size()))) {
      begin_ = static_cast<size_t>(groups_[0].data() - text_.data());
      const size_t end = begin_ + groups_[0].size();
      if (begin_ == end && end == end_) {
        from_ = end == text_.size() ? end + 1 : end + static_cast<size_t>(Utf8Length(text_[end]));
        continue;
      }
      from_ = end_ = end;
      return true;
    }
    return false;
  }
  // Of the match that Next found, in bytes.
  size_t begin() const { return begin_; }
  size_t end() const { return end_; }
  std::string_view group(size_t i) const {
    return groups_[i].data() == nullptr ? std::string_view() : groups_[i];
  }

 private:
  const RE2& pattern_;
  const std::string_view text_;
  std::vector<absl::string_view> groups_;
  size_t from_ = 0;
  size_t begin_ = 0;
  size_t end_ = std::string_view::npos;
};

Value Match(NativeContext& context, Value* args, uint32_t count) {
  if (!AreStrings(args, count, 2)) return context.Fail(std::string(kMatchType));
  const auto pattern = CompilePattern(TextOf(args[1]));
  return Value::Bool(pattern != nullptr && RE2::PartialMatch(TextOf(args[0]), *pattern));
}

Value FindAll(NativeContext& context, Value* args, uint32_t count) {
  if (!AreStrings(args, count, 2)) return context.Fail(std::string(kFindAllType));
  Ref found(NewArray());
  const auto pattern = CompilePattern(TextOf(args[1]));
  if (pattern == nullptr) return found.Take();
  Matches matches(*pattern, TextOf(args[0]));
  while (matches.Next()) {
    ArrayPush(found.As<Array>(), NewText(matches.group(0)));
    if (Heap::Current()->over_limit()) return FailTooLarge(context, "regex_find_all");
  }
  return found.Take();
}

Value Split(NativeContext& context, Value* args, uint32_t count) {
  if (!AreStrings(args, count, 2)) return context.Fail(std::string(kSplitType));
  Ref parts(NewArray());
  const std::string_view text = TextOf(args[0]);
  size_t begin = 0;
  if (const auto pattern = CompilePattern(TextOf(args[1])); pattern != nullptr) {
    Matches matches(*pattern, text);
    while (matches.Next()) {
      ArrayPush(parts.As<Array>(), NewText(text.substr(begin, matches.begin() - begin)));
      begin = matches.end();
      if (Heap::Current()->over_limit()) return FailTooLarge(context, "regex_split");
    }
  }
  ArrayPush(parts.As<Array>(), NewText(text.substr(begin)));
  return parts.Take();
}

// A replacement taken apart: literal text, each piece followed by a group.
class Replacement {
 public:
  static constexpr int kNoGroup = -1;

  Replacement(std::string_view text, const RE2& pattern) {
    while (true) {
      const size_t dollar = text.find('$');
      literal_.append(text.substr(0, dollar));
      if (dollar == std::string_view::npos) break;
      text.remove_prefix(dollar + 1);
      if (text.starts_with('$')) {
        literal_.push_back('$');
        text.remove_prefix(1);
      } else if (const auto name = TakeName(&text)) {
        pieces_.push_back({std::move(literal_), GroupNumber(*name, pattern)});
        literal_.clear();
      } else {
        literal_.push_back('$');
      }
    }
    for (const Piece& piece : pieces_) groups_ = std::max(groups_, piece.group + 1);
  }

  // Groups 0 to this one, exclusive, are referred to; at least 1.
  size_t groups() const { return static_cast<size_t>(groups_); }

  bool AppendTo(const Matches& matches, BoundedText* out) const {
    for (const Piece& piece : pieces_) {
      if (!out->Append(piece.literal)) return false;
      if (piece.group == kNoGroup) continue;
      if (!out->Append(matches.group(static_cast<size_t>(piece.group)))) return false;
    }
    return out->Append(literal_);
  }

 private:
  struct Piece {
    std::string literal;
    int group;
  };

  static bool IsNameCharacter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  // The name that `text` (what follows a dollar) begins with, which is removed; none otherwise.
  static std::optional<std::string_view> TakeName(std::string_view* text) {
    std::string_view name;
    if (text->starts_with('{')) {
      const size_t close = text->find('}');
      if (close == std::string_view::npos) return std::nullopt;
      name = text->substr(1, close - 1);
      text->remove_prefix(close + 1);
      return name;
    }
    size_t size = 0;
    while (size < text->size() && IsNameCharacter((*text)[size])) ++size;
    if (size == 0) return std::nullopt;
    name = text->substr(0, size);
    text->remove_prefix(size);
    return name;
  }

  static int GroupNumber(std::string_view name, const RE2& pattern) {
    int64_t number;
    if (!name.empty() && name[0] >= '0' && name[0] <= '9' && ParseInt(name, &number)) {
      return number <= pattern.NumberOfCapturingGroups() ? static_cast<int>(number) : kNoGroup;
    }
    const auto& names = pattern.NamedCapturingGroups();
    const auto found = names.find(std::string(name));
    return found == names.end() ? kNoGroup : found->second;
  }

  std::vector<Piece> pieces_;
  std::string literal_;  // behind the last group
  int groups_ = 1;
};

Value Replace(NativeContext& context, Value* args, uint32_t count) {
  if (!AreStrings(args, count, 3)) return context.Fail(std::string(kReplaceType));
  const auto pattern = CompilePattern(TextOf(args[1]));
  if (pattern == nullptr) return Retain(args[0]);
  const std::string_view text = TextOf(args[0]);
  const Replacement replacement(TextOf(args[2]), *pattern);
  Matches matches(*pattern, text, replacement.groups());
  BoundedText out;
  size_t copied = 0;
  while (!out.failed() && matches.Next()) {
    out.Append(text.substr(copied, matches.begin() - copied));
    copied = matches.end();
    replacement.AppendTo(matches, &out);
  }
  out.Append(text.substr(copied));
  const Value result = out.Finish();
  return result.Is(Kind::kUnset) ? FailTooLarge(context, "regex_replace") : result;
}

constexpr NativeFunction kTable[] = {
    {.name = "regex_match",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Match,
     .signature = "regex_match(text: string, pattern: string) -> bool",
     .doc = "Whether the pattern matches anywhere in the text; an invalid pattern never does.",
     .example = "print(regex_match(\"hello123\", \"^[a-z]+\\\\d+$\")) => true",
     .errors = kMatchType},
    {.name = "regex_find_all",
     .min_args = 0,
     .max_args = kVariadic,
     .body = FindAll,
     .signature = "regex_find_all(text: string, pattern: string) -> array",
     .doc = "All matches, not overlapping; never groups.",
     .example = "print(regex_find_all(\"a1 b22 c333\", \"\\\\d+\")) => [1, 22, 333]",
     .errors = "regex_find_all requires two string arguments (text, pattern)\n"
               "regex_find_all() result exceeds maximum size"},
    {.name = "regex_replace",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Replace,
     .signature = "regex_replace(text: string, pattern: string, replacement: string) -> string",
     .doc =
         "The text with all matches replaced; `$1`, `$name` and `${name}` stand for groups, `$0` "
         "for the match, `$$` for a dollar.",
     .example = "print(regex_replace(\"John Smith\", \"(\\\\w+) (\\\\w+)\", \"$2, $1\")) => "
                "Smith, John",
     .errors = "regex_replace requires three string arguments (text, pattern, replacement)\n"
               "regex_replace() result exceeds maximum size"},
    {.name = "regex_split",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Split,
     .signature = "regex_split(text: string, pattern: string) -> array",
     .doc = "The parts of the text between the matches, empty ones too.",
     .example = "print(regex_split(\"a, b; c\", \"[,;]\\\\s*\")) => [a, b, c]",
     .errors = "regex_split requires two string arguments (text, pattern)\n"
               "regex_split() result exceeds maximum size"},
};

}  // namespace

absl::Span<const NativeFunction> RegexBuiltins() { return kTable; }

}  // namespace ruff
