#include "tools/disk_guard/size_text.h"

#include <charconv>
#include <cstdio>
#include <system_error>

namespace ruff::disk_guard {
namespace {

constexpr std::string_view kUnits = "KMGT";

// A number without sign or exponent at the beginning of `text`, which is then left with the rest.
std::optional<double> TakeNumber(std::string_view* text) {
  if (text->empty() || (*text)[0] < '0' || (*text)[0] > '9') return std::nullopt;
  double number;
  const auto [end, error] =
      std::from_chars(text->data(), text->data() + text->size(), number, std::chars_format::fixed);
  if (error != std::errc()) return std::nullopt;
  text->remove_prefix(static_cast<size_t>(end - text->data()));
  return number;
}

}  // namespace

std::optional<uint64_t> ParseSize(std::string_view text) {
  std::optional<double> number = TakeNumber(&text);
  if (!number.has_value()) return std::nullopt;
  if (!text.empty()) {
    const size_t unit = kUnits.find(text[0]);
    if (unit == std::string_view::npos) return std::nullopt;
    for (size_t i = 0; i <= unit; ++i) *number *= 1024;
    text.remove_prefix(1);
    if (!text.empty() && text != "B" && text != "iB") return std::nullopt;
  }
  if (*number >= 9.2e18) return std::nullopt;
  return static_cast<uint64_t>(*number);
}

std::string SizeText(uint64_t bytes) {
  char buffer[32];
  if (bytes < 1024) {
    std::snprintf(buffer, sizeof(buffer), "%d B", static_cast<int>(bytes));
    return buffer;
  }
  auto number = static_cast<double>(bytes);
  size_t unit = 0;
  for (number /= 1024; number >= 1023.95 && unit + 1 < kUnits.size(); ++unit) number /= 1024;
  std::snprintf(buffer, sizeof(buffer), "%.1f %ciB", number, kUnits[unit]);
  return buffer;
}

std::optional<int64_t> ParseDuration(std::string_view text) {
  const std::optional<double> number = TakeNumber(&text);
  if (!number.has_value() || text.size() != 1) return std::nullopt;
  int64_t unit;
  switch (text[0]) {
    case 's':
      unit = 1;
      break;
    case 'm':
      unit = 60;
      break;
    case 'h':
      unit = 3600;
      break;
    case 'd':
      unit = 86'400;
      break;
    default:
      return std::nullopt;
  }
  if (*number > 1e9) return std::nullopt;
  return static_cast<int64_t>(*number * static_cast<double>(unit));
}

}  // namespace ruff::disk_guard
