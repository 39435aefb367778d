// Text that streams to a file through a small buffer, or gathers in a string.

#ifndef RUFF_TESTING_GENERATOR_SINK_H_
#define RUFF_TESTING_GENERATOR_SINK_H_

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"

namespace ruff::generator {

class Sink {
 public:
  // Gathers; the text is read by `text`.
  Sink() = default;
  // Streams; the file stays the caller's and must outlive the sink.
  explicit Sink(std::FILE* file) : file_(file) {}
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  template <typename... Pieces>
  void Write(const Pieces&... pieces) {
    absl::StrAppend(&text_, pieces...);
    if (file_ != nullptr && text_.size() >= kBufferBytes) Flush();
  }

  // Writes out what is buffered. False when the file did not take all that was written so far.
  bool Flush() {
    if (file_ == nullptr) return true;
    good_ = good_ && std::fwrite(text_.data(), 1, text_.size(), file_) == text_.size() &&
            std::fflush(file_) == 0;
    text_.clear();
    return good_;
  }

  const std::string& text() const { return text_; }

 private:
  static constexpr size_t kBufferBytes = 1 << 16;

  std::FILE* file_ = nullptr;
  std::string text_;
  bool good_ = true;
};

}  // namespace ruff::generator

#endif  // RUFF_TESTING_GENERATOR_SINK_H_
