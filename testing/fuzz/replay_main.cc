// The main function of a fuzz target that is built as an ordinary test: runs it once on every file
// of the folders (or on the files) given, in order of their names. A missing folder holds no files.
//
// When the target fails or takes more than a minute for an input, the file it was given is named on
// standard error, whatever ends the process.

#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <system_error>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
extern "C" __attribute__((weak)) int LLVMFuzzerInitialize(int* argc, char*** argv);
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

// What a custom mutator may call; nothing is mutated here.
extern "C" __attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t*, size_t size, size_t) {
  return size;
}

namespace {

constexpr unsigned kSecondsPerInput = 60;

constinit char current[4096] = "";

// Async-signal-safe.
void NameCurrentFile() {
  constexpr char kText[] = "\nfailed while replaying ";
  (void)!write(STDERR_FILENO, kText, sizeof(kText) - 1);
  (void)!write(STDERR_FILENO, current, strlen(current));
  (void)!write(STDERR_FILENO, "\n", 1);
}

void OnSignal(int signal) {
  NameCurrentFile();
  std::signal(signal, SIG_DFL);
  raise(signal);
}

void NameFileOfFailure() {
  std::signal(SIGALRM, OnSignal);
  if (__sanitizer_set_death_callback != nullptr) {
    __sanitizer_set_death_callback(NameCurrentFile);
    return;
  }
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
    std::signal(signal, OnSignal);
  }
}

// Sorted, so that every run does the same.
std::set<std::string> FilesBelow(const std::string& path) {
  std::set<std::string> files;
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error)) files.insert(path);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path, error)) {
    if (entry.is_regular_file(error)) files.insert(entry.path().string());
  }
  return files;
}

bool Replay(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "%s: cannot be read\n", path.c_str());
    return false;
  }
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::snprintf(current, sizeof(current), "%s", path.c_str());
  // A block of exactly that size: a sanitizer sees every byte read beyond it.
  const auto exact = std::make_unique<uint8_t[]>(bytes.size());
  std::memcpy(exact.get(), bytes.data(), bytes.size());
  alarm(kSecondsPerInput);
  LLVMFuzzerTestOneInput(exact.get(), bytes.size());
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  NameFileOfFailure();
  if (LLVMFuzzerInitialize != nullptr) LLVMFuzzerInitialize(&argc, &argv);
  size_t count = 0;
  for (int i = 1; i < argc; ++i) {
    for (const std::string& path : FilesBelow(argv[i])) {
      if (!Replay(path)) return EXIT_FAILURE;
      ++count;
    }
  }
  // The input every target must stand.
  std::snprintf(current, sizeof(current), "the empty input");
  LLVMFuzzerTestOneInput(nullptr, 0);
  std::printf("%zu inputs replayed\n", count + 1);
  return EXIT_SUCCESS;
}
