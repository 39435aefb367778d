#include "ruff/runtime/builtins/toml.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

std::string Read(std::string_view text) {
  std::string error;
  const Ref value(ParseToml(text, &error));
  return value.get().Is(Kind::kUnset) ? error : FormatToString(value.get(), Form::kText);
}
// The first line of the message for a bad document, without what all have in common.
std::string Where(std::string_view text) {
  constexpr std::string_view kStart = "TOML parse error: TOML parse error at ";
  const std::string error = Read(text);
  EXPECT_EQ(error.substr(0, kStart.size()), kStart) << text;
  return error.substr(kStart.size(), error.find('\n') - kStart.size());
}
std::string Write(const Ref& value) {
  std::string error;
  BoundedText out;
  return WriteToml(value.get(), &out, &error) ? std::string(out.view()) : error;
}

TEST(TomlTest, TablesMayBeAddedToAsTheyWereMade) {
  EXPECT_EQ(Read("[a.b]\nx=1\n[a]\ny=2\n[a.c]"), R"({"a": {"b": {"x": 1}, "c": {}, "y": 2}})");
  EXPECT_EQ(Read("[a]\nb.c=1\nb.d=2\n[a.b.e]"), R"({"a": {"b": {"c": 1, "d": 2, "e": {}}}})");
  EXPECT_EQ(Read("[[a]]\n[a.b]\nx=1\n[[a]]"), R"({"a": [{"b": {"x": 1}}, {}]})");
  EXPECT_EQ(Where("[a]\nb.c=1\n[a.b]"), "line 3, column 1");
  EXPECT_EQ(Where("[a.b.c]\n[a]\nb.c.d=1"), "line 3, column 1");
  EXPECT_EQ(Where("a={}\n[a.b]"), "line 2, column 1");
  EXPECT_EQ(Where("a={b=1}\na.c=1"), "line 2, column 1");
  EXPECT_EQ(Where("a=[{}]\n[[a]]"), "line 2, column 1");
  EXPECT_EQ(Where("a={b.c=1,b.c=2}"), "line 1, column 10");
  EXPECT_EQ(Where("a=1\na.b=2"), "line 2, column 1");
  EXPECT_EQ(Where("end-of-file = 1\nend-of-file = 2\n"), "line 2, column 1");
  EXPECT_EQ(Where("a=1\n\"string:\"=2\n\"string:\"=3"), "line 3, column 1");
}

TEST(TomlTest, Strings) {
  EXPECT_EQ(Read("a=\"\"\"\r\nx\\\n  \n  y\"\"\"\"\"\n"), "{\"a\": xy\"\"}");
  EXPECT_EQ(Read("a='''\n'x'\\n'''"), "{\"a\": 'x'\\n}");
  EXPECT_EQ(Read("a=\"\\U0001F600\\u00e9\\\\\""), "{\"a\": 😀é\\}");
  EXPECT_EQ(Where("a=\"\\ud800\""), "line 1, column 4");
  EXPECT_EQ(Where("a=\"\\x\""), "line 1, column 4");
  EXPECT_EQ(Where("a=\"x\ny\""), "line 1, column 5");
  EXPECT_EQ(Where("# \x01"), "line 1, column 3");
  EXPECT_EQ(Where("é=1"), "line 1, column 1");
  EXPECT_EQ(Where("a=1é"), "line 1, column 4");
}

TEST(TomlTest, NumbersAndDates) {
  EXPECT_EQ(Read("a=[+1, -0, 1_0, 0xdead_beef, 1e2, -1.5E-1, +inf]"),
            R"({"a": [1, 0, 10, 3735928559, 100, -0.15, inf]})");
  EXPECT_EQ(Read("a=[2024-02-29 23:59:60.1200Z, 00:00:00.000]"),
            R"({"a": [2024-02-29T23:59:60.12Z, 00:00:00]})");
  for (const char* bad : {"01",
                          "1_",
                          "_1",
                          "1__2",
                          "1.",
                          ".5",
                          "1e",
                          "0x",
                          "0xg",
                          "+0x1",
                          "-",
                          "truth",
                          "9223372036854775808",
                          "1e999",
                          "-1e999",
                          "2023-02-29",
                          "2024-1-1",
                          "24:00:00",
                          "12:00",
                          "2024-01-01T",
                          "2024-01-01T00:00:00+24:00",
                          "12:00:00Z"}) {
    EXPECT_EQ(Where(absl::StrCat("a = ", bad)), "line 1, column 5") << bad;
  }
}

TEST(TomlTest, MessagesShowTheLine) {
  EXPECT_EQ(Read("a = 1\n\"bé\" = [1 2]"),
            "TOML parse error: TOML parse error at line 2, column 11\n  |\n2 | \"bé\" = [1 2]\n"
            "  |           ^\nexpected comma or closing ']', saw '2'\n");
  EXPECT_EQ(
      Read("a" + std::string(1'000'000, ' ')),
      "TOML parse error: TOML parse error at line 1, column 1000002\nencountered end-of-file\n");
}

TEST(TomlTest, NestingIsLimited) {
  const auto repeated = [](std::string_view part, size_t times) {
    std::string out;
    for (size_t i = 0; i < times; ++i) out += part;
    return out;
  };
  const auto documents = [&](size_t depth) {
    return std::vector<std::string>{
        repeated("a.", depth) + "a=1", "[" + repeated("a.", depth) + "a]",
        "a=" + repeated("[", depth) + repeated("]", depth),
        "a=" + repeated("{a=", depth) + "1" + repeated("}", depth),
        "a=" + repeated("{a.a.a=", depth / 3) + "1" + repeated("}", depth / 3)};
  };
  for (const std::string& text : documents(200)) {
    std::string error;
    const Ref value(ParseToml(text, &error));
    EXPECT_TRUE(value.get().IsDict()) << error;
  }
  for (const size_t depth : {1'000, 200'000}) {
    for (const std::string& text : documents(depth)) {
      EXPECT_EQ(Where(text).substr(0, 14), "line 1, column") << text.substr(0, 20);
      EXPECT_NE(Read(text).find("\nexceeded maximum "), std::string::npos) << Read(text);
    }
  }
  EXPECT_EQ(Where("a=[[["), "line 1, column 6");
}

TEST(TomlTest, ManyTables) {
  std::string text;
  for (int i = 0; i < 50'000; ++i) {
    absl::StrAppend(&text, "[[a]]\nb.c=1\nb.d={e.f=1,e.g=2}\n[t", i, ".u]\n[t", i, "]\n");
  }
  std::string error;
  const Ref value(ParseToml(text, &error));
  EXPECT_TRUE(value.get().IsDict()) << error;
}

TEST(TomlTest, EveryPrefixEndsInAnAnswer) {
  const std::string text =
      "a.b=[1,{c='x',\"d\"=\"\"\"y\\u00e9\"\"\"}]#c\n[[t.u]]\ne=1979-05-27 07:32:00Z\n";
  for (size_t size = 0; size <= text.size(); ++size) {
    std::string error;
    const Ref value(ParseToml(text.substr(0, size), &error));
    EXPECT_NE(value.get().IsDict(), error.starts_with("TOML parse error")) << size;
  }
}

TEST(TomlTest, Writes) {
  EXPECT_EQ(Write(D({{"t", D({{"u", D({{"x", I(1)}})}})}})), "[t.u]\nx = 1\n");
  EXPECT_EQ(Write(D({{"a", A({D({{"b", D({{"c", I(1)}})}})})}})), "[[a]]\n\n[a.b]\nc = 1\n");
  EXPECT_EQ(Write(D({{"s", S("it's \"\\\"")}, {"t", S("a\x01")}, {"", Null()}})),
            "\"\" = \"\"\ns = \"it's \\\"\\\\\\\"\"\nt = \"a\\u0001\"\n");
  EXPECT_EQ(Write(A({D({})})), "TOML serialization error: unsupported rust type");
}

}  // namespace
}  // namespace ruff
