// The rows that a query gives, while they are not yet values of the language.
//
// Cells stand row by row in one vector, texts and blobs in one string: reading a row allocates
// nothing of its own.

#ifndef RUFF_DATABASE_RESULT_SET_H_
#define RUFF_DATABASE_RESULT_SET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ruff {

class ResultSet {
 public:
  struct Cell {
    enum Type : uint32_t { kNull, kBool, kInt, kFloat, kText, kBlob };
    Type type;
    uint32_t size;  // of a text or blob, in bytes
    union {
      int64_t integer;  // also of a bool
      double number;
      uint64_t begin;  // of a text or blob
    };
  };

  // Holds what takes about `max_bytes` as values of the language.
  explicit ResultSet(uint64_t max_bytes) : max_bytes_(max_bytes) {}

  uint64_t max_bytes() const { return max_bytes_; }

  std::vector<std::string> columns;  // their names, in order, repeated ones too

  // The cells of a row are added from left to right.
  void AddNull() { Add({.type = Cell::kNull, .size = 0, .integer = 0}); }
  void AddInt(int64_t i) { Add({.type = Cell::kInt, .size = 0, .integer = i}); }
  void AddFloat(double d) { Add({.type = Cell::kFloat, .size = 0, .number = d}); }
  // A kText or kBlob of less than 4 GiB.
  void AddBytes(Cell::Type type, std::string_view bytes) {
    Add({.type = type, .size = static_cast<uint32_t>(bytes.size()), .begin = bytes_.size()});
    bytes_.append(bytes);
    ++texts_;
  }
  // Somewhere else it has turned out to be too much.
  void Overflow() { overflows_ = true; }
  // Is it too much? To be asked after every cell.
  bool overflows() const {
    constexpr uint64_t kRowBytes = 80;   // a dict, and its place in the array
    constexpr uint64_t kCellBytes = 32;  // an entry of a dict
    return overflows_ ||
           rows() * kRowBytes + cells_.size() * kCellBytes + bytes_.size() > max_bytes_;
  }

  size_t rows() const { return columns.empty() ? 0 : cells_.size() / columns.size(); }
  const Cell& cell(size_t row, size_t column) const {
    return cells_[row * columns.size() + column];
  }
  std::string_view bytes(const Cell& cell) const {
    return std::string_view(bytes_).substr(cell.begin, cell.size);
  }
  // Of all texts and blobs together; how many there are.
  uint64_t all_bytes() const { return bytes_.size(); }
  uint64_t texts() const { return texts_; }

 private:
  void Add(const Cell& cell) { cells_.push_back(cell); }

  const uint64_t max_bytes_;
  std::vector<Cell> cells_;
  std::string bytes_;
  uint64_t texts_ = 0;
  bool overflows_ = false;
};

}  // namespace ruff

#endif  // RUFF_DATABASE_RESULT_SET_H_
