#include "ruff/lang/bytecode/constant_text.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace ruff {
namespace {

constexpr size_t kMaxBytes = 60;    // of a string
constexpr size_t kMaxElements = 8;  // of an array or dict
constexpr int kMaxDepth = 2;

class Writer {
 public:
  explicit Writer(const Module& module) : module_(module) {}

  void Write(const Constant& constant, int depth) {
    switch (constant.kind) {
      case Constant::Kind::kNull:
        Add("null");
        return;
      case Constant::Kind::kBool:
        Add(constant.i != 0 ? "true" : "false");
        return;
      case Constant::Kind::kInt:
        absl::StrAppend(&text_, constant.i);
        return;
      case Constant::Kind::kFloat:
        WriteFloat(constant.d);
        return;
      case Constant::Kind::kNone:
        Add("None");
        return;
      case Constant::Kind::kString:
        if (const std::string* s = At(module_.strings, constant.index)) WriteString(*s);
        return;
      case Constant::Kind::kIntArray:
        if (const auto* array = At(module_.int_arrays, constant.index)) {
          WriteList("[]", *array, depth, [this](int64_t i) { absl::StrAppend(&text_, i); });
        }
        return;
      case Constant::Kind::kFloatArray:
        if (const auto* array = At(module_.float_arrays, constant.index)) {
          WriteList("[]", *array, depth, [this](double d) { WriteFloat(d); });
        }
        return;
      case Constant::Kind::kArray:
        if (const auto* array = At(module_.arrays, constant.index)) {
          WriteList("[]", *array, depth, [&](const Constant& c) { Write(c, depth + 1); });
        }
        return;
      case Constant::Kind::kDict:
        if (const auto* dict = At(module_.dicts, constant.index)) {
          WriteList("{}", *dict, depth, [&](const std::pair<Constant, Constant>& entry) {
            Write(entry.first, depth + 1);
            Add(": ");
            Write(entry.second, depth + 1);
          });
        }
        return;
    }
    Add("?");
  }

  std::string Finish() { return std::move(text_); }

 private:
  void Add(std::string_view text) { text_.append(text); }

  template <typename T>
  const T* At(const std::vector<T>& pool, uint32_t index) {
    if (index < pool.size()) return &pool[index];
    Add("?");
    return nullptr;
  }

  void WriteString(std::string_view s) {
    absl::StrAppend(&text_, "\"", absl::CHexEscape(s.substr(0, kMaxBytes)), "\"");
    if (s.size() > kMaxBytes) absl::StrAppend(&text_, "... ", s.size(), " bytes");
  }

  void WriteFloat(double d) {
    std::string digits = absl::StrCat(d);
    if (digits.find_first_not_of("-0123456789") == std::string::npos) digits += ".0";
    Add(digits);
  }

  template <typename List, typename WriteElement>
  void WriteList(const char* brackets, const List& list, int depth, WriteElement write) {
    text_ += brackets[0];
    const size_t shown = depth < kMaxDepth ? std::min(list.size(), kMaxElements) : 0;
    for (size_t i = 0; i < shown; ++i) {
      if (i > 0) Add(", ");
      write(list[i]);
    }
    if (shown < list.size()) {
      absl::StrAppend(&text_, shown > 0 ? ", " : "", "... ", list.size() - shown, " more");
    }
    text_ += brackets[1];
  }

  const Module& module_;
  std::string text_;
};

}  // namespace

std::string ConstantText(const Module& module, const Constant& constant) {
  Writer writer(module);
  writer.Write(constant, 0);
  return writer.Finish();
}

}  // namespace ruff
