#include "tools/disk_guard/report.h"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <vector>

#include "tools/disk_guard/size_text.h"

namespace ruff::disk_guard {
namespace {

constexpr size_t kLines = 10;

std::string Number(uint64_t number) { return std::to_string(number); }

std::string Counted(uint64_t count, std::string_view noun) {
  return Number(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string Quoted(std::string_view text) {
  std::string result = "\"";
  for (const unsigned char c : text) {
    if (c < ' ' || c > '~' || c == '"' || c == '\\') {
      char buffer[8];
      std::snprintf(buffer, sizeof(buffer), "\\u%04x", c);
      result += buffer;
    } else {
      result += static_cast<char>(c);
    }
  }
  return result + "\"";
}

template <typename List, typename ToText>
std::string JsonList(const List& list, ToText to_text) {
  std::string result = "[";
  for (const auto& element : list) {
    if (result.size() > 1) result += ",";
    result += to_text(element);
  }
  return result + "]";
}

}  // namespace

std::string ReportText(const Report& report, const Goals& goals, bool quiet) {
  std::string text;
  if (quiet && report.deletions.empty() && report.errors.empty() && report.met) return text;
  text += "disk_guard: " + SizeText(report.bytes) + " in " + Counted(report.items, "item") + " (" +
          Number(report.items_in_use) + " in use)";
  for (const uint64_t free : report.free) text += ", " + SizeText(free) + " free";
  text += "\n";
  std::vector<Report::Deletion> largest = report.deletions;
  const size_t shown = std::min(largest.size(), kLines);
  std::partial_sort(largest.begin(), largest.begin() + static_cast<ptrdiff_t>(shown), largest.end(),
                    [](const auto& a, const auto& b) { return a.bytes > b.bytes; });
  for (size_t i = 0; i < shown; ++i) {
    text += "  " + SizeText(largest[i].bytes) + "  " + largest[i].path + "\n";
  }
  if (shown < largest.size()) {
    text += "  and " + Counted(largest.size() - shown, "smaller one") + "\n";
  }
  text += report.applied ? "deleted " : "would delete ";
  text += Counted(report.deletions.size(), "item") + ", " + SizeText(report.freed);
  if (report.skipped > 0) text += "; " + Number(report.skipped) + " changed meanwhile and stay";
  text += "\n";
  for (const std::string& error : report.errors) text += "disk_guard: " + error + "\n";
  if (!report.met) {
    text += "disk_guard: the goals (";
    if (goals.min_free > 0) text += SizeText(goals.min_free) + " free";
    if (goals.max_cache != UINT64_MAX) {
      text += std::string(goals.min_free > 0 ? ", " : "") + "at most " + SizeText(goals.max_cache) +
              " kept";
    }
    text += ") are out of reach: the rest is in use or not ours\n";
  }
  return text;
}

std::string ReportJson(const Report& report, const Goals& goals) {
  std::string json = "{\"applied\":" + std::string(report.applied ? "true" : "false");
  json += ",\"met\":" + std::string(report.met ? "true" : "false");
  json += ",\"min_free\":" + Number(goals.min_free);
  if (goals.max_cache != UINT64_MAX) json += ",\"max_cache\":" + Number(goals.max_cache);
  json += ",\"items\":" + Number(report.items) + ",\"in_use\":" + Number(report.items_in_use) +
          ",\"bytes\":" + Number(report.bytes) + ",\"freed\":" + Number(report.freed) +
          ",\"skipped\":" + Number(report.skipped);
  json += ",\"free\":" + JsonList(report.free, Number);
  json += ",\"free_now\":" + JsonList(report.free_now, Number);
  json += ",\"deletions\":" + JsonList(report.deletions, [](const Report::Deletion& deletion) {
            return "{\"path\":" + Quoted(deletion.path) + ",\"bytes\":" + Number(deletion.bytes) +
                   ",\"last_used\":" + std::to_string(deletion.last_used) + "}";
          });
  json += ",\"errors\":" + JsonList(report.errors, Quoted);
  return json + "}\n";
}

}  // namespace ruff::disk_guard
