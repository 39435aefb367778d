// The greedy algorithm of Myers ("An O(ND) Difference Algorithm and Its Variations", 1986) between
// the common beginning and the common end, with a bound on D: beyond it the whole middle counts as
// replaced.

#include "testing/base/text_diff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace ruff {
namespace {

constexpr int64_t kMaxEdits = 200;

using Lines = std::vector<std::string_view>;

// Lines keep their line end, so that texts differing only in the last one differ.
Lines SplitLines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// A line of the result: `-` at expected[old_line], `+` at actual[new_line], ` ` at both.
struct Edit {
  char sign;
  size_t old_line, new_line;
};

class Differ {
 public:
  Differ(const Lines& expected, const Lines& actual) : a_(expected), b_(actual) {}

  std::vector<Edit> Run() {
    const size_t shorter = std::min(a_.size(), b_.size());
    size_t prefix = 0;
    while (prefix < shorter && a_[prefix] == b_[prefix]) ++prefix;
    size_t suffix = 0;
    while (suffix < shorter - prefix && a_[a_.size() - 1 - suffix] == b_[b_.size() - 1 - suffix]) {
      ++suffix;
    }
    for (size_t i = 0; i < prefix; ++i) edits_.push_back({' ', i, i});
    Middle(prefix, a_.size() - suffix, b_.size() - suffix);
    for (size_t i = suffix; i > 0; --i) edits_.push_back({' ', a_.size() - i, b_.size() - i});
    return std::move(edits_);
  }

 private:
  // Compares a_[start, a_end) with b_[start, b_end).
  void Middle(size_t start, size_t a_end, size_t b_end) {
    const auto n = static_cast<int64_t>(a_end - start);
    const auto m = static_cast<int64_t>(b_end - start);
    // furthest[d][k + d]: how far in a_ one gets on diagonal k (a index minus b index) with d
    // edits.
    std::vector<std::vector<int64_t>> furthest;
    const int64_t limit = std::min(n + m, kMaxEdits);
    for (int64_t d = 0; d <= limit; ++d) {
      std::vector<int64_t> row(2 * d + 1);
      for (int64_t k = -d; k <= d; k += 2) {
        int64_t x = d == 0 ? 0 : Step(furthest.back(), d, k);
        while (x < n && x - k < m && a_[start + x] == b_[start + x - k]) ++x;
        row[k + d] = x;
        if (x >= n && x - k >= m) {
          furthest.push_back(std::move(row));
          Backtrack(start, furthest, n, m);
          return;
        }
      }
      furthest.push_back(std::move(row));
    }
    for (size_t i = start; i < a_end; ++i) edits_.push_back({'-', i, start});
    for (size_t i = start; i < b_end; ++i) edits_.push_back({'+', a_end, i});
  }

  // True when diagonal k is best reached with the d-th edit by inserting (from k + 1), not by
  // deleting (from k - 1).
  static bool Inserts(const std::vector<int64_t>& previous, int64_t d, int64_t k) {
    if (k == -d) return true;
    if (k == d) return false;
    return previous[k - 1 + d - 1] < previous[k + 1 + d - 1];
  }

  static int64_t Step(const std::vector<int64_t>& previous, int64_t d, int64_t k) {
    return Inserts(previous, d, k) ? previous[k + 1 + d - 1] : previous[k - 1 + d - 1] + 1;
  }

  void Backtrack(size_t start, const std::vector<std::vector<int64_t>>& furthest, int64_t x,
                 int64_t y) {
    std::vector<Edit> backwards;
    const auto add = [&](char sign) {
      backwards.push_back({sign, start + static_cast<size_t>(x), start + static_cast<size_t>(y)});
    };
    for (auto d = static_cast<int64_t>(furthest.size()) - 1; d >= 0; --d) {
      const int64_t k = x - y;
      const int64_t from = d == 0 ? 0 : Step(furthest[d - 1], d, k);
      while (x > from) {
        --x, --y;
        add(' ');
      }
      if (d == 0) break;
      if (Inserts(furthest[d - 1], d, k)) {
        --y;
        add('+');
      } else {
        --x;
        add('-');
      }
    }
    edits_.insert(edits_.end(), backwards.rbegin(), backwards.rend());
  }

  const Lines& a_;
  const Lines& b_;
  std::vector<Edit> edits_;
};

std::string Shown(std::string_view line, size_t max_width) {
  const bool ends = line.ends_with('\n');
  if (ends) line.remove_suffix(1);
  std::string text;
  for (const char c : line.substr(0, max_width)) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t') {
      text += absl::CHexEscape(std::string_view(&c, 1));
    } else {
      text += c;
    }
  }
  if (line.size() > max_width)
    absl::StrAppend(&text, " ... ", line.size() - max_width, " more bytes");
  if (!ends) text += "  (no line end)";
  return text;
}

}  // namespace

std::string TextDiff(std::string_view expected, std::string_view actual,
                     const TextDiffOptions& options) {
  if (expected == actual) return "";
  const Lines a = SplitLines(expected);
  const Lines b = SplitLines(actual);
  const std::vector<Edit> edits = Differ(a, b).Run();
  std::string out = "--- expected\n+++ actual\n";
  size_t written = 0;
  size_t hidden = 0;
  for (size_t i = 0; i < edits.size();) {
    if (edits[i].sign == ' ') {
      ++i;
      continue;
    }
    // A hunk: from the context before this difference to the context after the last one near it.
    const size_t begin = i - std::min(i, options.context);
    size_t end = i;
    for (size_t j = i; j < edits.size() && j <= end + 2 * options.context; ++j) {
      if (edits[j].sign != ' ') end = j;
    }
    const size_t stop = std::min(end + options.context + 1, edits.size());
    if (written < options.max_lines) {
      absl::StrAppend(&out, "@@ line ", edits[begin].old_line + 1, " @@\n");
    }
    for (size_t j = begin; j < stop; ++j, ++written) {
      if (written >= options.max_lines) {
        if (edits[j].sign != ' ') ++hidden;
        continue;
      }
      const std::string_view line =
          edits[j].sign == '+' ? b[edits[j].new_line] : a[edits[j].old_line];
      absl::StrAppend(&out, std::string_view(&edits[j].sign, 1), Shown(line, options.max_width),
                      "\n");
    }
    i = stop;
  }
  if (hidden > 0) absl::StrAppend(&out, "... ", hidden, " more differing lines\n");
  return out;
}

}  // namespace ruff
