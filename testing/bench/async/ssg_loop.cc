// What the builtin ssg_read_render_and_write_pages does, as a plain loop on two threads: the same
// system calls, nothing else. The bound that `ssg` in async.py is compared with.
//
//   ssg_loop N FOLDER

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>

namespace {

constexpr std::string_view kSuffix = "</article></body></html>";

std::atomic<int> next_page = 0;
std::atomic<long> written = 0;

void Work(int count, const std::string& folder) {
  std::string body;
  for (int i; (i = next_page.fetch_add(1)) < count;) {
    const std::string source = folder + "/post_" + std::to_string(i) + ".md";
    const int in = open(source.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (in < 0 || fstat(in, &info) != 0) std::abort();
    body.resize(static_cast<size_t>(info.st_size) + 1);
    const ssize_t size = read(in, body.data(), body.size());
    if (size < 0) std::abort();
    close(in);
    std::string prefix = "<html><body><h1>Post " + std::to_string(i) + "</h1><article>";
    const std::string page = folder + "/out/post_" + std::to_string(i) + ".html";
    const int out = open(page.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    const iovec parts[] = {{prefix.data(), prefix.size()},
                           {body.data(), static_cast<size_t>(size)},
                           {const_cast<char*>(kSuffix.data()), kSuffix.size()}};
    const ssize_t put = writev(out, parts, 3);
    if (put < 0) std::abort();
    close(out);
    written += put;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const int count = std::atoi(argv[1]);
  const std::string folder = argv[2];
  const auto start = std::chrono::steady_clock::now();
  std::thread other([&] { Work(count, folder); });
  Work(count, folder);
  other.join();
  const std::chrono::duration<double, std::milli> elapsed =
      std::chrono::steady_clock::now() - start;
  std::printf("MS=%f\nCHECK=%ld\n", elapsed.count(), written.load());
}
