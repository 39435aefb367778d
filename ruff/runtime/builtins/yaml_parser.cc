// The reader: yaml-cpp tells the events of the document, from which values are built on a stack of
// our own. yaml-cpp limits the nesting itself (500 levels).
//
// An alias shares the value of its anchor, so a document of nested aliases takes little memory
// here, but stands for a tree that whoever walks it pays for. The nodes of that tree are counted,
// and more than a document of a million ordinary nodes has are refused.

#include <sstream>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/yaml.h"
#include "ruff/runtime/builtins/yaml_scalar.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"
#include "yaml-cpp/depthguard.h"
#include "yaml-cpp/eventhandler.h"
#include "yaml-cpp/exceptions.h"
#include "yaml-cpp/parser.h"

namespace ruff {
namespace {

constexpr uint64_t kMaxAliasedNodes = 1'000'000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kCoreTag = "tag:yaml.org,2002:";

std::string ParseError(std::string_view what, int line, int column) {
  return absl::StrCat("YAML parse error: ", what, " at line ", line + 1, " column ", column + 1);
}

// Builds the value of one document.
class YamlBuilder : public YAML::EventHandler {
 public:
  YamlBuilder(std::string_view text, std::string* error) : text_(text), error_(error) {}

  Ref TakeResult() { return std::move(result_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    // The tag of an empty node is not told.
    const bool string = text_.substr(Offset(mark)).starts_with("!!str");
    Put(mark, anchor, string ? Ref(NewString("")) : Ref(), 1);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (failed()) return;
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) return Fail(mark, "alias inside the node it stands for");
    const Anchored& anchored = found->second;
    aliased_nodes_ += anchored.nodes;
    if (aliased_nodes_ > kMaxAliasedNodes) return Fail(mark, "aliases stand for too many nodes");
    Put(mark, YAML::NullAnchor, Ref::Share(anchored.value.get()), anchored.nodes);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    if (failed()) return;
    const std::string_view core = std::string_view(tag).starts_with(kCoreTag)
                                      ? std::string_view(tag).substr(kCoreTag.size())
                                      : std::string_view();
    YamlKind kind;
    if (core == "str") {
      kind = YamlKind::kString;
    } else if (core == "int") {
      kind = YamlKind::kInt;
    } else if (core == "float") {
      kind = YamlKind::kFloat;
    } else if (core == "bool") {
      kind = YamlKind::kBool;
    } else if (core == "null") {
      kind = YamlKind::kNull;
    } else {
      const bool plain = tag == "?" || (tag != "!" && IsPlainAfterTag(mark));
      kind = plain ? YamlKindOf(text) : YamlKind::kString;
    }
    const Value value = YamlScalar(text, kind);
    if (value.Is(Kind::kUnset)) {
      return Fail(mark,
                  core.empty() ? "integer out of range" : absl::StrCat("scalar that is no ", core));
    }
    Put(mark, anchor, Ref(value), 1);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    if (!failed()) open_.push_back({Ref(NewArray()), Ref(), false, 1, anchor, mark});
  }
  void OnSequenceEnd() override { End(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    if (!failed()) open_.push_back({Ref(NewDict()), Ref(), false, 1, anchor, mark});
  }
  void OnMapEnd() override { End(); }

 private:
  // A collection whose end has not been read.
  struct Open {
    Ref container;
    Ref key;  // of a dict, once it has been read
    bool has_key;
    uint64_t nodes;  // of the tree so far
    YAML::anchor_t anchor;
    YAML::Mark mark;
  };
  struct Anchored {
    Ref value;
    uint64_t nodes;
  };

  bool failed() const { return !error_->empty(); }
  void Fail(const YAML::Mark& mark, std::string_view what) {
    *error_ = ParseError(what, mark.line, mark.column);
  }

  size_t Offset(const YAML::Mark& mark) const {
    return std::min(static_cast<size_t>(std::max(mark.pos, 0)), text_.size());
  }

  // For a scalar with a tag it is not told whether it is quoted: the text after the properties at
  // `mark` shows it.
  bool IsPlainAfterTag(const YAML::Mark& mark) const {
    std::string_view rest = text_.substr(Offset(mark));
    while (rest.starts_with('!') || rest.starts_with('&')) {
      rest.remove_prefix(std::min(rest.find_first_of(" \t\r\n"), rest.size()));
      rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    }
    return rest.empty() || std::string_view("\"'|>").find(rest[0]) == std::string_view::npos;
  }

  void End() {
    if (failed()) return;
    Open open = std::move(open_.back());
    open_.pop_back();
    Put(open.mark, open.anchor, std::move(open.container), open.nodes);
  }

  // A node is complete; it stands for `nodes` nodes.
  void Put(const YAML::Mark& mark, YAML::anchor_t anchor, Ref value, uint64_t nodes) {
    if (failed()) return;
    if (Heap::Current()->over_limit()) {
      *error_ = "parse_yaml() result exceeds maximum size";
      return;
    }
    if (anchor != YAML::NullAnchor) anchors_[anchor] = {value, nodes};
    if (open_.empty()) {
      result_ = std::move(value);
      return;
    }
    Open& open = open_.back();
    open.nodes += nodes;
    if (open.container.get().IsArray()) {
      ArrayPush(open.container.As<Array>(), value.Take());
    } else if (!open.has_key) {
      open.has_key = true;
      open.key = value.get().IsString() ? std::move(value) : Ref(ToText(value.get()));
      if (!DictGet(open.container.As<Dict>(), open.key.get()).Is(Kind::kUnset)) {
        Fail(mark, "duplicate key");
      }
    } else {
      open.has_key = false;
      DictSet(open.container.As<Dict>(), open.key.get(), value.Take());
    }
  }

  const std::string_view text_;
  std::string* const error_;
  Ref result_;
  std::vector<Open> open_;
  absl::flat_hash_map<YAML::anchor_t, Anchored> anchors_;
  uint64_t aliased_nodes_ = 0;
};

// YAML allows no control characters besides tabs and line ends.
bool CheckCharacters(std::string_view text, std::string* error) {
  int line = 0, column = 0;
  for (const char c : text) {
    if (static_cast<uint8_t>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') {
      *error = ParseError("control character", line, column);
      return false;
    }
    ++column;
    if (c == '\n') {
      ++line;
      column = 0;
    }
  }
  return true;
}

}  // namespace

Value ParseYaml(std::string_view text, std::string* error) {
  error->clear();
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (!CheckCharacters(text, error)) return Value::Unset();
  // The mark keeps yaml-cpp from guessing another encoding.
  std::istringstream stream(absl::StrCat(kByteOrderMark, text));
  YamlBuilder builder(text, error);
  try {
    YAML::Parser parser(stream);
    if (parser.HandleNextDocument(builder) && error->empty()) {
      const Ref first = builder.TakeResult();
      if (parser.HandleNextDocument(builder) && error->empty()) {
        *error = "YAML parse error: more than one document";
      }
      if (error->empty()) return Retain(first.get());
    }
  } catch (const YAML::DeepRecursion& e) {
    *error = ParseError("nesting deeper than 500 levels", e.mark.line, e.mark.column);
  } catch (const YAML::Exception& e) {
    if (error->empty()) *error = ParseError(e.msg, e.mark.line, e.mark.column);
  }
  return error->empty() ? Value::Null() : Value::Unset();
}

}  // namespace ruff
