#include "ruff/tooling/format/formatter.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "ruff/base/utf8.h"
#include "ruff/tooling/format/element.h"
#include "ruff/tooling/format/spacing.h"

namespace ruff {
namespace {

using Line = absl::Span<const Element>;

bool IsCode(const Element& element) { return element.role != ElementRole::kComment; }

// A line that begins so goes on with the expression of the line before.
bool ContinuesExpression(TokenKind kind) {
  switch (kind) {
    case TokenKind::kDot:
    case TokenKind::kQuestionDot:
    case TokenKind::kPipeGreater:
    case TokenKind::kAmpersandAmpersand:
    case TokenKind::kPipePipe:
    case TokenKind::kQuestionQuestion:
      return true;
    default:
      return false;
  }
}

const Element* FirstCode(Line line) {
  const auto it = std::find_if(line.begin(), line.end(), IsCode);
  return it == line.end() ? nullptr : &*it;
}

const Element* LastCode(Line line) {
  const auto it = std::find_if(line.rbegin(), line.rend(), IsCode);
  return it == line.rend() ? nullptr : &*it;
}

class Formatter {
 public:
  Formatter(const TokenBuffer& tokens, const Ast& ast, const FormatOptions& options)
      : text_(tokens.source().text()),
        ast_(ast),
        options_(options),
        elements_(SplitIntoElements(tokens, ast)) {}

  std::string Run() && {
    SplitLines();
    size_t next = 0;
    if (options_.sort_imports) next = SortedImports();
    for (; next < lines_.size(); ++next) {
      BlankLines(lines_[next]);
      next_code_ = CodeOnOrBelow(next);
      Write(lines_[next]);
    }
    return std::move(out_);
  }

 private:
  std::string_view Text(const Element& element) const {
    return text_.substr(element.begin, element.end - element.begin);
  }

  void SplitLines() {
    const Line all = elements_;
    size_t begin = 0;
    for (size_t i = 1; i <= all.size(); ++i) {
      if (i < all.size() && all[i].line_breaks == 0) continue;
      lines_.push_back(all.subspan(begin, i - begin));
      begin = i;
    }
    if (all.empty()) lines_.clear();
  }

  // The first code element on line number `line` or one below; null at the end.
  const Element* CodeOnOrBelow(size_t line) {
    for (code_line_ = std::max(code_line_, line); code_line_ < lines_.size(); ++code_line_) {
      if (const Element* code = FirstCode(lines_[code_line_])) return code;
    }
    return nullptr;
  }

  void BlankLines(Line line) {
    const bool is_first = line.begin() == elements_.data();
    out_.append(line[0].line_breaks - (is_first ? 0 : 1), '\n');
  }

  // --- Imports ---

  // The first line behind `line` when that is nothing but an import, which ends on it.
  bool IsImport(Line line, const absl::flat_hash_map<uint32_t, uint32_t>& import_ends) const {
    const auto end = import_ends.find(line[0].begin);
    if (end == import_ends.end()) return false;
    const Element* last = LastCode(line);
    if (last->kind == TokenKind::kSemicolon) --last;
    const bool ends_here = last->end == end->second;
    const std::string_view all = text_.substr(line[0].begin, line.back().end - line[0].begin);
    return ends_here && all.find_first_of("\r\n") == std::string_view::npos;
  }

  // Writes the lines up to and with the sorted imports at the top of the file; the number of lines
  // written, 0 if there is nothing to sort.
  size_t SortedImports() {
    absl::flat_hash_map<uint32_t, uint32_t> import_ends;
    for (uint32_t statement : ast_.statements()) {
      const Node& node = ast_.node(NodeId{statement});
      if (node.kind != NodeKind::kImport) break;
      import_ends.emplace(node.begin, node.end);
    }
    size_t begin = 0;
    while (begin < lines_.size() && FirstCode(lines_[begin]) == nullptr) ++begin;
    size_t end = begin;
    while (end < lines_.size() && IsImport(lines_[end], import_ends) &&
           (end == begin || lines_[end][0].line_breaks == 1)) {
      ++end;
    }
    if (end == begin) return 0;
    for (size_t i = 0; i < begin; ++i) {
      BlankLines(lines_[i]);
      Write(lines_[i]);
    }
    BlankLines(lines_[begin]);
    std::vector<std::string> sorted;
    for (size_t i = begin; i < end; ++i) {
      std::string rest = std::exchange(out_, "");
      Write(lines_[i]);
      sorted.push_back(std::exchange(out_, std::move(rest)));
    }
    std::sort(sorted.begin(), sorted.end());
    for (const std::string& line : sorted) out_ += line;
    return end;
  }

  // --- Lines ---

  // Writes the line, in several pieces if it is too long.
  void Write(Line line) {
    while (!line.empty()) {
      const uint32_t level = LevelOf(line);
      const size_t count = PieceOf(line, level);
      WritePiece(line.first(count), level);
      line.remove_prefix(count);
    }
  }

  uint32_t LevelOf(Line line) const {
    size_t closers = 0;
    while (closers < line.size() && IsCloser(line[closers].role)) ++closers;
    if (closers > 0) return open_[open_.size() - closers];
    const uint32_t level = open_.empty() ? 0 : open_.back() + 1;
    const Element* code = FirstCode(line);
    if (code == nullptr) code = next_code_;
    const bool continues = after_binary_ || (code != nullptr && ContinuesExpression(code->kind));
    return level + (continues ? 1 : 0);
  }

  // How many elements of the line stand on the first piece of it: all that fit when it can be
  // broken behind a comma in brackets.
  size_t PieceOf(Line line, uint32_t level) const {
    const Element* last_code = LastCode(line);
    size_t depth = open_.size();
    size_t piece = 0;  // up to the last comma that fits
    uint64_t column = uint64_t{level} * options_.indent;
    bool fits = true;
    for (size_t i = 0; i < line.size(); ++i) {
      const Element& element = line[i];
      if (i > 0 && NeedsSpace(text_, line[i - 1], element, i + 1 == line.size())) ++column;
      fits = Advance(Text(element), &column) && fits;
      if (!fits && piece > 0) return piece;
      if (IsOpener(element.role)) ++depth;
      if (IsCloser(element.role)) --depth;
      if (element.kind == TokenKind::kComma && depth > 0 && &element != last_code) {
        piece = i + 1;
        if (!fits) return piece;
      }
    }
    return line.size();
  }

  // Moves *column behind `text`; whether all of its lines fit.
  bool Advance(std::string_view text, uint64_t* column) const {
    bool fits = true;
    for (size_t end; (end = text.find_first_of("\r\n")) != std::string_view::npos;) {
      fits = fits && *column + CountCharacters(text.substr(0, end)) <= options_.line_length;
      text.remove_prefix(end + 1);
      *column = 0;
    }
    *column += CountCharacters(text);
    return fits && *column <= options_.line_length;
  }

  void WritePiece(Line piece, uint32_t level) {
    out_.append(size_t{level} * options_.indent, ' ');
    for (size_t i = 0; i < piece.size(); ++i) {
      const Element& element = piece[i];
      if (i > 0 && NeedsSpace(text_, piece[i - 1], element, i + 1 == piece.size())) out_ += ' ';
      AppendText(Text(element));
      if (IsOpener(element.role)) open_.push_back(level);
      if (IsCloser(element.role)) open_.pop_back();
      if (IsCode(element)) after_binary_ = element.role == ElementRole::kBinary;
    }
    out_ += '\n';
  }

  // Every line end becomes `\n`.
  void AppendText(std::string_view text) {
    for (size_t end; (end = text.find('\r')) != std::string_view::npos;) {
      out_ += text.substr(0, end);
      out_ += '\n';
      text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    out_ += text;
  }

  const std::string_view text_;
  const Ast& ast_;
  const FormatOptions options_;
  const std::vector<Element> elements_;
  std::vector<Line> lines_;

  std::string out_;
  std::vector<uint32_t> open_;  // for each open bracket the level of the line it stands on
  bool after_binary_ = false;   // the last code written is an operator that wants an operand
  const Element* next_code_ = nullptr;
  size_t code_line_ = 0;
};

}  // namespace

std::string Format(const TokenBuffer& tokens, const Ast& ast, const FormatOptions& options) {
  return Formatter(tokens, ast, options).Run();
}

}  // namespace ruff
