#include "ruff/driver/repl/screen.h"

#include "absl/strings/str_cat.h"
#include "ruff/driver/usage.h"
#include "ruff/runtime/builtins/registry.h"

namespace ruff {
namespace {

constexpr size_t kBoxWidth = 54;  // inside
constexpr size_t kTitleIndent = 10;

constexpr std::string_view kHelp = R"(
REPL Commands:

  :help or :h      Display this help message
  :quit or :q      Exit the REPL
  :clear or :c     Clear the screen
  :vars or :v      Show defined variables
  :reset or :r     Reset environment
  .help <function> Show builtin docs

Navigation:

  ↑/↓ arrows  Navigate command history
  Ctrl+C      Interrupt current input
  Ctrl+D      Exit REPL

Multi-line Input:

  Leave braces, brackets, or parentheses unclosed to continue
  on the next line. Close them to execute the statement.

Examples:

  ruff> let x := 42
  ruff> func greet(name) {
  ....>     print("Hello, " + name)
  ....> }
  ruff> greet("World")

)";

}  // namespace

std::string Banner() {
  std::string line;
  for (size_t i = 0; i < kBoxWidth; ++i) line += "═";
  const std::string title = absl::StrCat("Ruff REPL v", kVersion, " - Interactive Shell");
  return absl::StrCat("╔", line, "╗\n║", std::string(kTitleIndent, ' '), title,
                      std::string(kBoxWidth - kTitleIndent - title.size(), ' '), "║\n╚", line,
                      "╝\n\n  Welcome! Use :help for commands or :quit\n"
                      "  Tip: Multi-line input: End with unclosed braces\n\n");
}

std::string_view HelpScreen() { return kHelp; }

std::string FunctionHelp(std::string_view name) {
  const NativeFunction* native = FindNative(name);
  const std::string description =
      native == nullptr || native->doc.empty()
          ? "No dedicated help text yet for this function."
          : absl::StrCat(native->signature, native->signature.empty() ? "" : ": ", native->doc);
  return absl::StrCat("\nFunction help: ", name, "\n  ", description, "\n\n");
}

}  // namespace ruff
