// A folder below which things may be deleted.
//
// A root is given on the command line and must then prove to be what it is said to be: a folder,
// not a link; of the user who asks; and with the inner structure that only its own program gives
// it. An empty or unknown folder proves nothing and is refused, so a mistyped path cannot cost
// anybody's files.

#ifndef RUFF_TOOLS_DISK_GUARD_ROOT_H_
#define RUFF_TOOLS_DISK_GUARD_ROOT_H_

#include <cstdint>
#include <optional>
#include <string>

namespace ruff::disk_guard {

// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;

  bool ok() const { return fd_ >= 0; }
  int get() const { return fd_; }

 private:
  int fd_;
};

enum class RootKind : uint8_t {
  kDiskCache,       // of Bazel: folders `ac` and `cas`; items are the files below them
  kOutputUserRoot,  // of Bazel: items are the output bases in it
  kTemp,            // any folder; items are the folders `ruff_test_*` in it
};

struct Root {
  std::string path;
  RootKind kind;
  Descriptor folder;  // stays open: all access goes through it
};

// The name test folders begin with (testing/base/temp_dir.cc).
inline constexpr const char* kTempPrefix = "ruff_test_";
// What an output base is renamed to while it is deleted.
inline constexpr const char* kDoomedPrefix = ".disk_guard_doomed.";

// A folder inside `parent`, opened without following links.
Descriptor OpenFolder(int parent, const char* name);

// The root at `path`, a temporary folder if `temp`, else of the kind it proves to be. Nothing with
// `*error` set when it proves nothing, nothing with an empty `*error` when there is no such folder.
std::optional<Root> OpenRoot(const std::string& path, bool temp, std::string* error);

}  // namespace ruff::disk_guard

#endif  // RUFF_TOOLS_DISK_GUARD_ROOT_H_
