#include <cstdio>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/disk_guard/guard.h"
#include "tools/disk_guard/options.h"
#include "tools/disk_guard/report.h"
#include "tools/disk_guard/root.h"

namespace ruff::disk_guard {
namespace {

int Main(const std::vector<std::string_view>& arguments) {
  std::string error;
  const std::optional<Options> options = ReadOptions(arguments, &error);
  if (!options.has_value()) {
    std::fprintf(stderr, "%s\n", error.c_str());
    return 2;
  }
  if (options->help || (options->roots.empty() && options->temp_roots.empty())) {
    std::fwrite(kUsage.data(), 1, kUsage.size(), options->help ? stdout : stderr);
    return options->help ? 0 : 2;
  }
  std::vector<Root> roots;
  const auto open_all = [&](const std::vector<std::string>& paths, bool temp) {
    for (const std::string& path : paths) {
      std::optional<Root> root = OpenRoot(path, temp, &error);
      if (root.has_value()) {
        roots.push_back(*std::move(root));
      } else if (!error.empty()) {
        std::fprintf(stderr, "disk_guard: %s\n", error.c_str());
        return false;
      }
    }
    return true;
  };
  if (!open_all(options->roots, false) || !open_all(options->temp_roots, true)) return 2;
  const Report report = Guard(roots, options->goals,
                              {.now = std::time(nullptr),
                               .min_age = options->min_age,
                               .keep_workspace = options->keep_workspace},
                              options->apply);
  const std::string text = options->json ? ReportJson(report, options->goals)
                                         : ReportText(report, options->goals, options->quiet);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return report.met ? 0 : 1;
}

}  // namespace
}  // namespace ruff::disk_guard

int main(int argc, char** argv) {
  return ruff::disk_guard::Main(std::vector<std::string_view>(argv + 1, argv + argc));
}
