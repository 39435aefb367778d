#include "tools/disk_guard/options.h"

#include "tools/disk_guard/size_text.h"

namespace ruff::disk_guard {

const std::string_view kUsage =
    "Usage: disk_guard [OPTIONS] [ROOT...]\n"
    "\n"
    "Deletes build results, those unused for longest first, until there is enough room. A ROOT is "
    "a\n"
    "disk cache or an output user root of Bazel; anything else is refused.\n"
    "\n"
    "  --apply           delete; without it, only say what would be deleted\n"
    "  --min-free=SIZE   wanted free space on the file system of every root (500M, 20G)\n"
    "  --max-cache=SIZE  most that all items of all roots may take together\n"
    "  --min-age=TIME    what was used more recently is kept (90s, 15m, 12h, 30d; default 1h)\n"
    "  --temp=DIR        also folders that tests have left in DIR\n"
    "  --keep=WORKSPACE  keep the output base of this workspace\n"
    "  --json            report as JSON\n"
    "  --quiet           report only what was deleted and what went wrong\n"
    "\n"
    "Examples:\n"
    "  disk_guard --min-free=20G ~/.cache/ruff-bazel            what would go for 20 GiB of room\n"
    "  disk_guard --min-free=20G --apply ~/.cache/ruff-bazel    deletes it\n"
    "  disk_guard --max-cache=10G --min-age=7d --apply ~/.cache/ruff-bazel "
    "~/.cache/bazel/_bazel_$USER\n"
    "  disk_guard --max-cache=0 --temp=/tmp --apply             what tests have left\n"
    "  disk_guard --json --min-free=20G ~/.cache/ruff-bazel | jq .freed\n"
    "\n"
    "Ends with 0 when the goals are met (in a dry run: would be), 1 when not, 2 on wrong usage.\n";

std::optional<Options> ReadOptions(const std::vector<std::string_view>& arguments,
                                   std::string* error) {
  Options options;
  bool only_roots = false;
  for (const std::string_view argument : arguments) {
    if (only_roots || argument.empty() || argument[0] != '-') {
      options.roots.emplace_back(argument);
      continue;
    }
    const size_t equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : argument.substr(equals + 1);
    bool good = true;
    const auto size = [&](uint64_t* into) {
      const std::optional<uint64_t> bytes = ParseSize(value);
      good = bytes.has_value();
      if (good) *into = *bytes;
    };
    if (argument == "--apply") {
      options.apply = true;
    } else if (argument == "--json") {
      options.json = true;
    } else if (argument == "--quiet") {
      options.quiet = true;
    } else if (argument == "--help" || argument == "-h") {
      options.help = true;
    } else if (argument == "--") {
      only_roots = true;
    } else if (name == "--min-free") {
      size(&options.goals.min_free);
    } else if (name == "--max-cache") {
      size(&options.goals.max_cache);
    } else if (name == "--min-age") {
      const std::optional<int64_t> seconds = ParseDuration(value);
      good = seconds.has_value();
      if (good) options.min_age = *seconds;
    } else if (name == "--temp" && !value.empty()) {
      options.temp_roots.emplace_back(value);
    } else if (name == "--keep" && !value.empty()) {
      options.keep_workspace = value;
    } else {
      good = false;
    }
    if (!good) {
      *error = "disk_guard: " + std::string(argument) + " makes no sense; see --help";
      return std::nullopt;
    }
  }
  return options;
}

}  // namespace ruff::disk_guard
