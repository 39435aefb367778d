#include "ruff/driver/arguments.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ruff/driver/usage.h"

namespace ruff {

class ArgumentParser {
 public:
  ArgumentParser(const Command& command, absl::Span<const std::string_view> words)
      : command_(command), words_(words) {}

  std::optional<Arguments> Run(std::string* error);

 private:
  enum class Step { kGoOn, kUnknown, kFailed };

  bool has_positionals() const {
    return out_.positionals_.size() >= command_.positionals.size() || is_replaced_;
  }
  bool IsAccepted(OptionId id) const;
  // Reads the option at words_[next_]. kUnknown: it is none of this command.
  Step TakeOption();
  bool CheckWhole();
  bool Fail(std::string_view first_lines, std::string_view tip = "") {
    error_ = UsageError(&command_, first_lines, tip);
    return false;
  }

  const Command& command_;
  absl::Span<const std::string_view> words_;
  size_t next_ = 0;
  bool is_replaced_ = false;  // by the option instead_of_positionals
  Arguments out_;
  std::string error_;
};

bool ArgumentParser::IsAccepted(OptionId id) const {
  if (id == command_.instead_of_positionals && !out_.positionals_.empty()) return false;
  if (id == OptionId::kHelp) return true;
  for (const OptionGroup& group : command_.groups) {
    if (std::find(group.options.begin(), group.options.end(), id) != group.options.end()) {
      return true;
    }
  }
  return false;
}

ArgumentParser::Step ArgumentParser::TakeOption() {
  const std::string_view word = words_[next_];
  const size_t equals = word.substr(0, 2) == "--" ? word.find('=') : std::string_view::npos;
  const std::optional<OptionId> id = FindOption(word.substr(0, equals));
  if (!id.has_value() || !IsAccepted(*id)) return Step::kUnknown;
  const OptionInfo& option = InfoOf(*id);
  ++next_;

  std::string_view text;
  if (option.kind == OptionKind::kFlag) {
    if (equals != std::string_view::npos) {
      Fail(absl::StrCat("error: unexpected value '", word.substr(equals + 1), "' for '",
                        option.name, "' found; no more were expected"));
      return Step::kFailed;
    }
  } else if (equals != std::string_view::npos) {
    text = word.substr(equals + 1);
  } else {
    const bool is_there = next_ < words_.size() &&
                          (option.kind == OptionKind::kText || !LooksLikeOption(words_[next_]));
    if (!is_there) {
      Fail(absl::StrCat("error: a value is required for '", OptionUsage(option),
                        "' but none was supplied"));
      return Step::kFailed;
    }
    text = words_[next_++];
  }

  Arguments::OptionValue value = {.text = std::string(text)};
  const std::string complaint = ParseOptionValue(option, text, &value.number);
  if (!complaint.empty()) {
    Fail(absl::StrCat("error: invalid value '", text, "' for '", OptionUsage(option), "'",
                      complaint));
    return Step::kFailed;
  }
  out_.values_[*id] = std::move(value);
  if (id == command_.instead_of_positionals) is_replaced_ = true;
  return Step::kGoOn;
}

bool ArgumentParser::CheckWhole() {
  for (const auto& [first, second] : command_.exclusive) {
    if (out_.Has(first) && out_.Has(second)) {
      return Fail(absl::StrCat("error: the argument '", OptionUsage(InfoOf(first)),
                               "' cannot be used with '", OptionUsage(InfoOf(second)), "'"));
    }
  }
  if (is_replaced_) return true;
  std::string missing;
  for (size_t i = out_.positionals_.size(); i < command_.positionals.size(); ++i) {
    const Positional& positional = command_.positionals[i];
    if (positional.is_required) absl::StrAppend(&missing, "\n  <", positional.name, ">");
  }
  if (missing.empty()) return true;
  return Fail(absl::StrCat("error: the following required arguments were not provided:", missing));
}

std::optional<Arguments> ArgumentParser::Run(std::string* error) {
  bool are_options_over = false;
  const auto pass_rest = [&](size_t from) {
    out_.program_arguments_.assign(words_.begin() + from, words_.end());
  };
  while (next_ < words_.size()) {
    const std::string_view word = words_[next_];
    const bool is_passing_on = command_.has_program_arguments && has_positionals();
    if (is_passing_on && (is_replaced_ || are_options_over || !LooksLikeOption(word))) {
      pass_rest(word == "--" && !is_replaced_ ? next_ + 1 : next_);
      break;
    }
    if (word == "--" && !are_options_over) {
      are_options_over = true;
      ++next_;
      continue;
    }
    if (!are_options_over && LooksLikeOption(word)) {
      const Step step = TakeOption();
      if (step == Step::kFailed) break;
      if (out_.Has(OptionId::kHelp)) return std::move(out_);
      if (step == Step::kGoOn) continue;
      if (is_passing_on) {
        pass_rest(next_);
        break;
      }
      Fail(absl::StrCat("error: unexpected argument '", word, "' found"),
           SimilarOptionTip(word, command_));
      break;
    }
    if (has_positionals()) {
      Fail(absl::StrCat("error: unexpected argument '", word, "' found"));
      break;
    }
    out_.positionals_.emplace_back(word);
    ++next_;
  }
  if (error_.empty() && CheckWhole()) return std::move(out_);
  *error = std::move(error_);
  return std::nullopt;
}

std::optional<Arguments> Arguments::Parse(const Command& command,
                                          absl::Span<const std::string_view> words,
                                          std::string* error) {
  return ArgumentParser(command, words).Run(error);
}

std::string_view Arguments::Text(OptionId id, std::string_view otherwise) const {
  const auto found = values_.find(id);
  return found == values_.end() ? otherwise : found->second.text;
}

uint64_t Arguments::Number(OptionId id, uint64_t otherwise) const {
  const auto found = values_.find(id);
  return found == values_.end() ? otherwise : found->second.number;
}

}  // namespace ruff
