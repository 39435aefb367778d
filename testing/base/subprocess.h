// Runs a program to its end.

#ifndef RUFF_TESTING_BASE_SUBPROCESS_H_
#define RUFF_TESTING_BASE_SUBPROCESS_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace ruff {

struct ProcessSpec {
  std::vector<std::string> command;      // [0] is a path
  std::vector<std::string> environment;  // NAME=value, the whole of it
  std::string directory;                 // where it starts
  std::string stdin_path = "/dev/null";
  std::string output_prefix;  // what it prints goes to the files output_prefix.out and .err
  std::chrono::milliseconds limit{20000};
  uint64_t max_file_bytes = uint64_t{1}
                            << 28;  // that it may write to one file, its output included
};

struct ProcessResult {
  bool started = false;    // else `err` says why not
  bool timed_out = false;  // and was killed
  int exit_code = -1;      // when it ended by itself
  int signal = 0;          // that ended it, else 0
  double seconds = 0;
  uint64_t peak_bytes = 0;  // most resident memory; at least what this process had at the start
  std::string out;
  std::string err;
};

// The program leads a process group of its own, which is killed when the program ends or its time
// is over: nothing it started survives it. May be called from several threads at once.
ProcessResult RunProcess(const ProcessSpec& spec);

}  // namespace ruff

#endif  // RUFF_TESTING_BASE_SUBPROCESS_H_
