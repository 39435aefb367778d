// Generated programs under every way of running them: the answers must be the generator's, so they
// are the same for both interpreters and in every simulated world.
//
//   stress_test --binary=PATH --sizes=A,B,… --seeds=N [--max_memory=SIZE]

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "testing/generator/family.h"
#include "testing/stress/run_generated.h"

namespace ruff::stress {
namespace {

struct Arguments {
  std::string binary;
  std::vector<uint64_t> sizes;
  uint64_t seeds = 1;
  std::string max_memory;
};

bool Read(int argc, char** argv, Arguments* arguments) {
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    if (absl::ConsumePrefix(&argument, "--binary=")) {
      arguments->binary = std::filesystem::absolute(argument).string();
    } else if (absl::ConsumePrefix(&argument, "--seeds=")) {
      if (!absl::SimpleAtoi(argument, &arguments->seeds)) return false;
    } else if (absl::ConsumePrefix(&argument, "--max_memory=")) {
      arguments->max_memory = argument;
    } else if (absl::ConsumePrefix(&argument, "--sizes=")) {
      for (const std::string_view size : absl::StrSplit(argument, ',')) {
        uint64_t number;
        if (!absl::SimpleAtoi(size, &number)) return false;
        arguments->sizes.push_back(number);
      }
    } else {
      return false;
    }
  }
  return !arguments->binary.empty() && !arguments->sizes.empty();
}

// This process's part of the work, as Bazel wants it (shard_count).
uint64_t Environment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  uint64_t number;
  return text != nullptr && absl::SimpleAtoi(text, &number) ? number : otherwise;
}

int Main(const Arguments& arguments) {
  const uint64_t shards = Environment("TEST_TOTAL_SHARDS", 1);
  const uint64_t shard = Environment("TEST_SHARD_INDEX", 0);
  if (const char* status = std::getenv("TEST_SHARD_STATUS_FILE")) {
    if (std::FILE* file = std::fopen(status, "w")) std::fclose(file);
  }
  const std::vector<std::vector<std::string>> ways = {
      {}, {"--dispatch=switch"}, {"--simulate", "1"}, {"--simulate", "2"}};
  uint64_t number = 0, run = 0, failed = 0;
  for (const generator::Family& family : generator::Families()) {
    for (const generator::Kind& kind : family.kinds) {
      for (const uint64_t size : arguments.sizes) {
        for (uint64_t seed = 1; seed <= arguments.seeds; ++seed) {
          if (number++ % shards != shard) continue;
          for (const std::vector<std::string>& way : ways) {
            // Worlds differ in when things happen: only programs that wait can tell.
            if (!way.empty() && way[0] == "--simulate" && family.name != "promises") continue;
            RunSettings settings{.binary = arguments.binary, .flags = way};
            if (!arguments.max_memory.empty()) {
              settings.flags.push_back("--max-memory=" + arguments.max_memory);
            }
            const std::string complaint =
                RunJob({.family = &family, .kind = &kind, .seed = seed, .size = size}, settings);
            ++run;
            if (complaint.empty()) continue;
            ++failed;
            std::printf("FAILED %s/%s seed %s size %s\n%s\n", std::string(family.name).c_str(),
                        std::string(kind.name).c_str(), absl::StrCat(seed).c_str(),
                        absl::StrCat(size).c_str(), complaint.c_str());
          }
        }
      }
    }
  }
  std::printf("%s runs, %s failed\n", absl::StrCat(run).c_str(), absl::StrCat(failed).c_str());
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace ruff::stress

int main(int argc, char** argv) {
  ruff::stress::Arguments arguments;
  if (!ruff::stress::Read(argc, argv, &arguments)) {
    std::fprintf(stderr, "usage: stress_test --binary=PATH --sizes=A,B --seeds=N\n");
    return EXIT_FAILURE;
  }
  return ruff::stress::Main(arguments);
}
