#include "ruff/driver/error_report.h"

#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/base/json_text.h"
#include "ruff/driver/exit_code.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/vm/link.h"

namespace ruff {
namespace {

constexpr std::string_view kRuntimeKind = "Runtime Error";
// Of a deeper call stack only so many frames at either end are shown.
constexpr size_t kFramesAtEitherEnd = 25;

void AppendCallStack(const std::vector<std::string>& outermost_first, std::string* out) {
  const size_t count = outermost_first.size();
  absl::StrAppend(out, "Call stack:\n");
  for (size_t i = 0; i < count; ++i) {
    if (i == kFramesAtEitherEnd && count > 2 * kFramesAtEitherEnd) {
      const size_t left_out = count - 2 * kFramesAtEitherEnd;
      absl::StrAppend(out, "  ... ", left_out, " more\n");
      i += left_out;
    }
    absl::StrAppend(out, "  ", i, " at ", outermost_first[count - 1 - i], "\n");
  }
}

// `diagnostic` is a rendered JSON object, indented by two spaces.
std::string Envelope(std::string_view diagnostic, const std::vector<std::string>* call_stack) {
  std::string out = "{\n";
  if (call_stack != nullptr) {
    out += "  \"call_stack\": [";
    for (size_t i = 0; i < call_stack->size(); ++i) {
      out += i == 0 ? "\n    " : ",\n    ";
      AppendJsonString((*call_stack)[i], &out);
    }
    out += call_stack->empty() ? "],\n" : "\n  ],\n";
  }
  absl::StrAppend(&out,
                  "  \"command\": \"run\",\n"
                  "  \"contract_version\": \"1.0.0-draft\",\n"
                  "  \"diagnostic\": ",
                  diagnostic, ",\n  \"exit_code\": ", static_cast<int>(kExitRuntime),
                  ",\n  \"kind\": \"runtime_diagnostic\",\n");
  if (call_stack != nullptr) absl::StrAppend(&out, "  \"runtime_kind\": \"", kRuntimeKind, "\",\n");
  return out + "  \"status\": \"error\"\n}\n";
}

}  // namespace

ErrorReport MakeErrorReport(std::string_view message, Value error, const ErrorSite& site) {
  ErrorReport report;
  report.message = message;
  if (site.module != nullptr) {
    report.source = site.module->source();
    report.offset = site.offset;
  }
  if (!error.Is(Kind::kStruct)) return report;
  const Ref name(InternString("stack"));
  const Value stack = StructGet(error.As<Struct>(), name.As<String>());
  if (stack.IsArray()) {
    const auto* names = stack.As<Array>();
    for (uint64_t i = 0; i < names->size; ++i) {
      report.call_stack.push_back(FormatToString(ArrayGet(names, i), Form::kText));
    }
  }
  return report;
}

std::string RenderErrorReport(const ErrorReport& report, const RenderOptions& options) {
  const auto colored = [&](std::string_view code, std::string_view text) {
    return options.color ? absl::StrCat("\x1b[", code, "m", text, "\x1b[0m") : std::string(text);
  };
  std::string out =
      absl::StrCat(colored("1;95", "[RUFVM001]"), " ", colored("96", "[vm]"), " ",
                   colored("1;31", kRuntimeKind), ": ", colored("1", report.message), "\n");
  if (report.source != nullptr) {
    const LineColumn at = report.source->Locate(report.offset);
    absl::StrAppend(&out, "  --> ", report.source->name(), ":", at.line, ":", at.column, "\n");
    if (options.show_source) {
      out += RenderSourceLine(*report.source, report.offset, options.color);
    }
  }
  out += "\n";
  if (!report.call_stack.empty()) {
    AppendCallStack(report.call_stack, &out);
    out += "\n";
  }
  return out;
}

std::string RenderErrorReportJson(const ErrorReport& report) {
  Diagnostic diagnostic = {
      .kind = DiagnosticKind::kCompile, .offset = report.offset, .message = report.message};
  if (report.source != nullptr) {
    return Envelope(RenderJson(*report.source, diagnostic, {.indent = 2}), &report.call_stack);
  }
  diagnostic.offset = Diagnostic::kNowhere;
  auto nowhere = SourceBuffer::FromText("", "");
  RUFF_CHECK(nowhere.ok());
  const JsonOptions options = {.include_file = false, .indent = 2};
  return Envelope(RenderJson(*nowhere, diagnostic, options), &report.call_stack);
}

std::string RenderCompileErrorJson(const SourceBuffer& source, const Diagnostic& diagnostic) {
  return Envelope(RenderJson(source, diagnostic, {.indent = 2}), nullptr);
}

}  // namespace ruff
