#include "ruff/lang/diagnostics/render.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "ruff/base/json_text.h"
#include "ruff/base/utf8.h"

namespace ruff {
namespace {

// Terminal colours, the same as those of run-time errors. All empty when colour is off.
struct Palette {
  std::string_view code;
  std::string_view subsystem;
  std::string_view severity;
  std::string_view message;
  std::string_view caret;
  std::string_view reset;
};

constexpr Palette kPlain = {};
constexpr Palette kColored = {.code = "\x1b[1;95m",
                              .subsystem = "\x1b[96m",
                              .severity = "\x1b[1;31m",
                              .message = "\x1b[1m",
                              .caret = "\x1b[1;31m",
                              .reset = "\x1b[0m"};

// A source line is quoted up to this far from the caret; what is cut off is marked.
constexpr size_t kBytesAroundCaret = 240;
constexpr std::string_view kCut = "…";

const Palette& PaletteFor(bool color) { return color ? kColored : kPlain; }

}  // namespace

std::string RenderSourceLine(const SourceBuffer& source, uint32_t offset, bool color) {
  const Palette& palette = PaletteFor(color);
  const std::string_view line = source.Line(source.Locate(offset).line);
  const size_t line_start = static_cast<size_t>(line.data() - source.text().data());
  const size_t caret = std::min(offset - line_start, line.size());

  size_t begin = caret - std::min(caret, kBytesAroundCaret);
  while (begin > 0 && IsUtf8Continuation(line[begin])) --begin;
  size_t end = std::min(line.size(), caret + kBytesAroundCaret);
  while (end < line.size() && IsUtf8Continuation(line[end])) ++end;

  std::string out = absl::StrCat(begin > 0 ? kCut : "", line.substr(begin, end - begin),
                                 end < line.size() ? kCut : "", "\n", begin > 0 ? " " : "");
  for (char byte : line.substr(begin, caret - begin)) {
    if (!IsUtf8Continuation(byte)) out += byte == '\t' ? '\t' : ' ';
  }
  absl::StrAppend(&out, palette.caret, "^", palette.reset, "\n");
  return out;
}

std::string RenderHuman(const SourceBuffer& source, const Diagnostic& diagnostic,
                        const RenderOptions& options) {
  const DiagnosticTraits& traits = TraitsOf(diagnostic.kind);
  const Palette& palette = PaletteFor(options.color);
  std::string out =
      absl::StrCat(palette.code, "[", traits.code, "]", palette.reset, " ", palette.subsystem, "[",
                   traits.subsystem, "]", palette.reset, " ", palette.severity, "error",
                   palette.reset, ": ", palette.message, diagnostic.message, palette.reset, "\n");
  if (diagnostic.offset != Diagnostic::kNowhere) {
    const LineColumn place = source.Locate(diagnostic.offset);
    absl::StrAppend(&out, "  --> ", source.name(), ":", place.line, ":", place.column, "\n");
    if (options.show_source) out += RenderSourceLine(source, diagnostic.offset, options.color);
  }
  if (!traits.help.empty()) absl::StrAppend(&out, "  = help: ", traits.help, "\n");
  return out;
}

std::string RenderJson(const SourceBuffer& source, const Diagnostic& diagnostic,
                       const JsonOptions& options) {
  const DiagnosticTraits& traits = TraitsOf(diagnostic.kind);
  const bool has_place = diagnostic.offset != Diagnostic::kNowhere;
  const LineColumn place = has_place ? source.Locate(diagnostic.offset) : LineColumn{0, 0};
  const std::string line_start = absl::StrCat("\n", std::string(options.indent, ' '));

  std::string out = "{";
  const auto key = [&](std::string_view name) -> std::string& {
    absl::StrAppend(&out, out.size() > 1 ? "," : "", line_start, "  \"", name, "\": ");
    return out;
  };
  const auto text = [&](std::string_view name, std::string_view value) {
    AppendJsonString(value, &key(name));
  };
  const auto text_or_null = [&](std::string_view name, bool present, std::string_view value) {
    present ? text(name, value) : void(key(name) += "null");
  };
  text("code", traits.code);
  absl::StrAppend(&key("column"), place.column);
  text_or_null("file", options.include_file, source.name());
  text_or_null("help", !traits.help.empty(), traits.help);
  absl::StrAppend(&key("line"), place.line);
  text("message", diagnostic.message);
  text("severity", "error");
  text("subsystem", traits.subsystem);
  absl::StrAppend(&out, line_start, "}");
  return out;
}

}  // namespace ruff
