#include "ruff/lang/source/source_buffer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/base/call_once.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/base/utf8.h"

namespace ruff {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr size_t kMaxBytes = UINT32_MAX - 1;

// Characters are counted ahead per block of this many bytes.
constexpr uint32_t kBlockShift = 10;
constexpr uint32_t kBlockBytes = 1u << kBlockShift;

absl::Status SystemError(int error) {
  return absl::UnknownError(
      absl::StrCat(std::generic_category().message(error), " (os error ", error, ")"));
}

// Opens and closes; `descriptor` is negative when opening failed.
class File {
 public:
  explicit File(const std::string& path) : descriptor_(Open(path)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }

  int descriptor() const { return descriptor_; }

 private:
  static int Open(const std::string& path) {
    int descriptor;
    do {
      descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
  }

  const int descriptor_;
};

// Reads to the end. The size the system tells is a first guess: pipes have none, and files grow.
absl::StatusOr<std::string> ReadAll(int descriptor) {
  constexpr size_t kFirstRead = 64 << 10;
  struct stat status;
  if (fstat(descriptor, &status) != 0) return SystemError(errno);
  size_t guess = kFirstRead;
  if (S_ISREG(status.st_mode) && status.st_size > 0) {
    if (static_cast<uint64_t>(status.st_size) > kMaxBytes) return SystemError(EFBIG);
    guess = static_cast<size_t>(status.st_size) + 1;  // room to see the end without growing
  }
  std::string bytes(guess, '\0');
  size_t used = 0;
  while (true) {
    const ssize_t count = read(descriptor, bytes.data() + used, bytes.size() - used);
    if (count == 0) break;
    if (count < 0) {
      if (errno == EINTR) continue;
      return SystemError(errno);
    }
    used += static_cast<size_t>(count);
    if (used > kMaxBytes) return SystemError(EFBIG);
    if (used == bytes.size()) bytes.resize(2 * used);
  }
  bytes.resize(used);
  return bytes;
}

}  // namespace

// Where lines start, and how many characters stand before each block of the text.
struct SourceBuffer::Lines {
  absl::once_flag once;
  std::vector<uint32_t> starts;
  std::vector<uint32_t> characters_before_block;

  void Build(std::string_view text) {
    starts.push_back(0);
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] > '\r') continue;
      const bool ends_line =
          text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.size() && text[i + 1] == '\n'));
      if (ends_line) starts.push_back(static_cast<uint32_t>(i + 1));
    }
    uint32_t characters = 0;
    for (size_t i = 0; i <= text.size(); i += kBlockBytes) {
      characters_before_block.push_back(characters);
      characters += static_cast<uint32_t>(CountCharacters(text.substr(i, kBlockBytes)));
    }
  }

  uint32_t CharactersBefore(std::string_view text, uint32_t offset) const {
    const uint32_t block = offset >> kBlockShift;
    const uint32_t start = block << kBlockShift;
    return characters_before_block[block] +
           static_cast<uint32_t>(CountCharacters(text.substr(start, offset - start)));
  }
};

SourceBuffer::SourceBuffer(std::string name, std::string bytes, uint32_t start)
    : name_(std::move(name)),
      bytes_(std::move(bytes)),
      start_(start),
      lines_(std::make_unique<Lines>()) {}

SourceBuffer::SourceBuffer(SourceBuffer&&) noexcept = default;
SourceBuffer& SourceBuffer::operator=(SourceBuffer&&) noexcept = default;
SourceBuffer::~SourceBuffer() = default;

absl::StatusOr<SourceBuffer> SourceBuffer::FromFile(const std::string& path) {
  const File file(path);
  if (file.descriptor() < 0) return SystemError(errno);
  return FromDescriptor(path, file.descriptor());
}

absl::StatusOr<SourceBuffer> SourceBuffer::FromStdin() {
  return FromDescriptor("<stdin>", STDIN_FILENO);
}

absl::StatusOr<SourceBuffer> SourceBuffer::FromDescriptor(std::string name, int descriptor) {
  absl::StatusOr<std::string> bytes = ReadAll(descriptor);
  if (!bytes.ok()) return bytes.status();
  return FromText(std::move(name), *std::move(bytes));
}

absl::StatusOr<SourceBuffer> SourceBuffer::FromText(std::string name, std::string text) {
  if (text.size() > kMaxBytes) return SystemError(EFBIG);
  if (!IsValidUtf8(text)) {
    return absl::InvalidArgumentError("stream did not contain valid UTF-8");
  }
  const uint32_t start =
      text.starts_with(kByteOrderMark) ? static_cast<uint32_t>(kByteOrderMark.size()) : 0;
  return SourceBuffer(std::move(name), std::move(text), start);
}

const SourceBuffer::Lines& SourceBuffer::lines() const {
  absl::call_once(lines_->once, [this] { lines_->Build(text()); });
  return *lines_;
}

LineColumn SourceBuffer::Locate(uint32_t offset) const {
  RUFF_CHECK(offset <= size());
  const Lines& table = lines();
  const auto next = std::upper_bound(table.starts.begin(), table.starts.end(), offset);
  const uint32_t line_start = *(next - 1);
  return {.line = static_cast<uint32_t>(next - table.starts.begin()),
          .column = table.CharactersBefore(text(), offset) -
                    table.CharactersBefore(text(), line_start) + 1};
}

uint32_t SourceBuffer::line_count() const { return static_cast<uint32_t>(lines().starts.size()); }

std::string_view SourceBuffer::Line(uint32_t line) const {
  const std::vector<uint32_t>& starts = lines().starts;
  RUFF_CHECK(line >= 1 && line <= starts.size());
  const uint32_t start = starts[line - 1];
  const uint32_t end = line < starts.size() ? starts[line] : size();
  std::string_view result = text().substr(start, end - start);
  if (line == starts.size()) return result;
  result.remove_suffix(result.ends_with("\r\n") ? 2 : 1);
  return result;
}

}  // namespace ruff
