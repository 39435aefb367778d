// Generated programs under every way of running them: the answers must be the generator's, so they
// are the same for both interpreters, for plain and optimised bytecode, and in every simulated
// world.
//
//   stress --binary=PATH --sizes=A,B,… [--seeds=N | --seed=N] [--kinds=FAMILY/KIND,…] [--way=FLAGS]
//          [--elements=N] [--figures]

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "testing/generator/family.h"
#include "testing/stress/run_generated.h"

namespace ruff::stress {
namespace {

using Way = std::vector<std::string>;  // options of `ruff run`

struct Arguments {
  std::string binary;
  std::vector<uint64_t> sizes;
  uint64_t first_seed = 1;
  uint64_t seeds = 1;
  std::vector<std::string> kinds;  // family/kind; empty: all
  std::vector<Way> ways;           // empty: all
  uint64_t elements = UINT64_MAX;  // of a kind and a size, all seeds together; at least one seed
  bool figures = false;            // print time and memory of every run
};

bool ReadSizes(std::string_view text, std::vector<uint64_t>* sizes) {
  for (const std::string_view size : absl::StrSplit(text, ',')) {
    uint64_t number;
    if (!absl::SimpleAtoi(size, &number) || number == 0) return false;
    sizes->push_back(number);
  }
  return true;
}

// The later of two equal options counts, so that a failure can be repeated with the options of its
// test and those that it prints.
bool Read(int argc, char** argv, Arguments* arguments) {
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    bool good = true;
    if (absl::ConsumePrefix(&argument, "--binary=")) {
      arguments->binary = std::filesystem::absolute(argument).string();
    } else if (absl::ConsumePrefix(&argument, "--sizes=")) {
      arguments->sizes.clear();
      good = ReadSizes(argument, &arguments->sizes);
    } else if (absl::ConsumePrefix(&argument, "--seeds=")) {
      good = absl::SimpleAtoi(argument, &arguments->seeds);
    } else if (absl::ConsumePrefix(&argument, "--seed=")) {
      good = absl::SimpleAtoi(argument, &arguments->first_seed);
      arguments->seeds = 1;
    } else if (absl::ConsumePrefix(&argument, "--kinds=")) {
      arguments->kinds = absl::StrSplit(argument, ',');
    } else if (absl::ConsumePrefix(&argument, "--way=")) {
      arguments->ways.push_back(absl::StrSplit(argument, ' ', absl::SkipEmpty()));
    } else if (absl::ConsumePrefix(&argument, "--elements=")) {
      good = absl::SimpleAtoi(argument, &arguments->elements);
    } else if (argument == "--figures") {
      arguments->figures = true;
    } else {
      good = false;
    }
    if (!good) return false;
  }
  return !arguments->binary.empty() && !arguments->sizes.empty();
}

// Every way of running the job's program that may make a difference.
std::vector<Way> Ways(const Job& job) {
  // Without updates in place a loop that fills an array takes quadratic time.
  constexpr uint64_t kMostPlain = 3000;
  std::vector<Way> ways = {{}, {"--dispatch=switch"}};
  if (job.size <= kMostPlain) ways.push_back({"--no-optimize"});
  // Worlds differ in when things happen: only programs that wait can tell.
  if (job.family->name == "promises") {
    ways.push_back({"--simulate", "1"});
    ways.push_back({"--simulate", "2"});
  }
  return ways;
}

std::string Text(const Job& job, const Way& way) {
  return absl::StrCat("--kinds=", job.Name(), " --seed=", job.seed, " --sizes=", job.size,
                      " --way='", absl::StrJoin(way, " "), "'");
}

std::vector<Job> Jobs(const Arguments& arguments) {
  std::vector<Job> jobs;
  for (const generator::Family& family : generator::Families()) {
    for (const generator::Kind& kind : family.kinds) {
      const std::string name = Job{&family, &kind, 0, 0}.Name();
      if (!arguments.kinds.empty() && std::find(arguments.kinds.begin(), arguments.kinds.end(),
                                                name) == arguments.kinds.end()) {
        continue;
      }
      for (const uint64_t size : arguments.sizes) {
        const uint64_t seeds = std::clamp<uint64_t>(arguments.elements / size, 1, arguments.seeds);
        for (uint64_t seed = 0; seed < seeds; ++seed) {
          jobs.push_back({&family, &kind, arguments.first_seed + seed, size});
        }
      }
    }
  }
  return jobs;
}

uint64_t Environment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  uint64_t number;
  return text != nullptr && absl::SimpleAtoi(text, &number) ? number : otherwise;
}

int Main(const Arguments& arguments) {
  // This process's part of the work, as Bazel wants it (shard_count).
  const uint64_t shards = Environment("TEST_TOTAL_SHARDS", 1);
  const uint64_t shard = Environment("TEST_SHARD_INDEX", 0);
  if (const char* status = std::getenv("TEST_SHARD_STATUS_FILE")) {
    if (std::FILE* file = std::fopen(status, "w")) std::fclose(file);
  }
  const std::vector<Job> jobs = Jobs(arguments);
  uint64_t runs = 0;
  uint64_t failed = 0;
  for (size_t i = shard; i < jobs.size(); i += shards) {
    const Job& job = jobs[i];
    const GeneratedProgram program(job);
    for (const Way& way : arguments.ways.empty() ? Ways(job) : arguments.ways) {
      const RunResult result = program.Run({.binary = arguments.binary, .flags = way});
      ++runs;
      if (arguments.figures) {
        std::printf("%7.2f s %8.1f MiB %6llu bytes an element  %s\n", result.seconds,
                    static_cast<double>(result.peak_bytes) / (1 << 20),
                    static_cast<unsigned long long>(result.peak_bytes / job.size),
                    Text(job, way).c_str());
      }
      if (result.complaint.empty()) continue;
      ++failed;
      std::printf("FAILED %s\nto repeat it:\n  ./bazelw run //testing/stress -- %s\n",
                  result.complaint.c_str(), Text(job, way).c_str());
    }
  }
  std::printf("%s runs, %s failed\n", absl::StrCat(runs).c_str(), absl::StrCat(failed).c_str());
  return failed == 0 && runs != 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace ruff::stress

int main(int argc, char** argv) {
  ruff::stress::Arguments arguments;
  if (!ruff::stress::Read(argc, argv, &arguments)) {
    std::fprintf(stderr,
                 "usage: stress --binary=PATH --sizes=A,B,… [--seeds=N | --seed=N]\n"
                 "    [--kinds=FAMILY/KIND,…] [--way=FLAGS] [--elements=N] [--figures]\n");
    return EXIT_FAILURE;
  }
  return ruff::stress::Main(arguments);
}
