#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "ruff/base/utf8.h"
#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

std::string Result(std::string_view name, std::vector<Ref> args) {
  TestContext c;
  const Ref result = c.Call(name, std::move(args));
  EXPECT_EQ(c.failure(), "") << name;
  return FormatToString(result.get(), Form::kText);
}

std::string Error(std::string_view name, std::vector<Ref> args) {
  TestContext c;
  c.Call(name, std::move(args));
  return c.failure();
}

TEST(StringTest, SearchesByCodePoint) {
  EXPECT_EQ(Result("index_of", {S("日本語"), S("語")}), "2");
  EXPECT_EQ(Result("index_of", {S("abc"), S("")}), "0");
  EXPECT_EQ(Result("index_of", {A({A({I(1)}), A({I(2)})}), A({I(2)})}), "1");
  EXPECT_EQ(Result("index_of", {A({I(1), I(2)}), F(2)}), "-1");
  EXPECT_EQ(Result("contains", {S("hello"), S("ell")}), "1");
  EXPECT_EQ(Result("contains", {A({F(0.3)}), F(0.1 + 0.2)}), "false");
  EXPECT_EQ(Result("contains", {D({{"7", I(1)}}), I(7)}), "true");
  EXPECT_EQ(Error("contains", {I(5), S("a")}),
            "contains() first argument must be a string, array, or dictionary");
  EXPECT_EQ(Error("contains", {D({}), B(true)}),
            "contains() requires two arguments: string/array and substring/item");
}

TEST(StringTest, CutsByCodePoint) {
  EXPECT_EQ(Result("substring", {S("héllo"), F(1.9), F(4.9)}), "éll");
  EXPECT_EQ(Result("substring", {S("abc"), I(-5), I(2)}), "ab");
  EXPECT_EQ(Result("substring", {S("abc"), I(2), I(1)}), "");
  EXPECT_EQ(Result("char_at", {S("日本"), I(1)}), "本");
  EXPECT_EQ(Result("char_at", {S("日本"), I(2)}), "");
  EXPECT_EQ(Error("char_at", {S("a")}), "char_at() index must be a number");
  EXPECT_EQ(Error("substr", {S("a")}), "substring expects 3 arguments, got 1");
}

TEST(StringTest, SplitJoinReplace) {
  EXPECT_EQ(Result("split", {S("a,b,,c"), S(",")}), "[a, b, , c]");
  EXPECT_EQ(Result("split", {S(""), S(",")}), "[]") << "one empty string";
  EXPECT_EQ(Result("split", {S("é日"), S("")}), "[, é, 日, ]");
  EXPECT_EQ(Result("join", {A({S("a"), I(1), F(2), Null(), A({I(1)})}), S("-")}),
            "a-1-2-Null-Array[1]");
  EXPECT_EQ(Result("replace", {S("abc"), S(""), S("-")}), "-a-b-c-");
  EXPECT_EQ(Result("replace", {S("aaa"), S("aa"), S("b")}), "ba");
  EXPECT_EQ(Result("replace", {S("été"), S("é"), S("e")}), "ete");
  EXPECT_EQ(Result("replace", {S("a-b"), S("-"), S("é")}), "aéb");
  EXPECT_EQ(Error("replace_str", {S("a")}),
            "replace() requires string, from-string, and to-string arguments");
}

TEST(StringTest, LayoutOfLinesAndWords) {
  EXPECT_EQ(Result("lines", {S("a\r\nb\rc\n")}), "[a, b\rc]");
  EXPECT_EQ(Result("lines", {S("\n")}), "[]") << "one empty line";
  EXPECT_EQ(Result("lines", {S("")}), "[]");
  EXPECT_EQ(Result("words", {S(" un\u3000deux\ttrois ")}), "[un, deux, trois]");
  EXPECT_EQ(Result("trim", {S("\u00a0 a b \u2003")}), "a b");
  EXPECT_EQ(Result("trim_start", {S("  a ")}), "a ");
  EXPECT_EQ(Result("trim_end", {S(" a  ")}), " a");
  EXPECT_EQ(Result("str_reverse", {S("añb日"), I(2)}), "日bña");
}

TEST(StringTest, PadRepeatTruncate) {
  EXPECT_EQ(Result("pad_left", {S("日"), I(3), S("*-")}), "**日");
  EXPECT_EQ(Result("pad_right", {S("a"), I(3), S("")}), "a  ");
  EXPECT_EQ(Result("pad_right", {S("abc"), I(-3), S("x")}), "abc");
  EXPECT_EQ(Result("repeat", {S("é"), F(2.9)}), "éé");
  EXPECT_EQ(Result("repeat", {S(""), I(INT64_MAX)}), "");
  EXPECT_EQ(Result("repeat", {S("ab"), I(-1)}), "");
  EXPECT_EQ(Result("truncate", {S("hello world"), I(8), S("...")}), "hello...");
  EXPECT_EQ(Result("truncate", {S("abcdef"), I(2), S("...")}), "...");
  EXPECT_EQ(Result("truncate", {S("abc"), I(-1), S("")}), "abc");
  EXPECT_EQ(Error("pad_end", {S("a"), B(true), S("0")}), "pad_right() width must be a number");
}

TEST(StringTest, HugeResultsAreRefused) {
  EXPECT_EQ(Error("repeat", {S("ab"), I(INT64_MAX)}), "repeat() result exceeds maximum size");
  EXPECT_EQ(Error("pad_left", {S("a"), I(INT64_MAX), S("x")}),
            "pad_left() result exceeds maximum size");
  EXPECT_EQ(Error("pad_right", {S("a"), F(1e300), S("x")}),
            "pad_right() result exceeds maximum size");
}

TEST(StringCaseTest, FullMappings) {
  EXPECT_EQ(Result("to_upper", {S("straße ŉ ﬁ")}), "STRASSE ʼN FI");
  EXPECT_EQ(Result("to_lower", {S("İstanbul")}), "i̇stanbul");
  EXPECT_EQ(Result("to_lower", {S("ΟΔΥΣΣΕΥΣ Σ ΑΣ'Β ΑΣ'")}), "οδυσσευς σ ασ'β ας'");
  EXPECT_EQ(Result("capitalize", {S("ßÉCOLE")}), "SSécole");
  EXPECT_EQ(Error("upper", {Null()}), "upper() requires a string argument");
}

TEST(StringCaseTest, Names) {
  EXPECT_EQ(Result("slugify", {S("  Multiple   Spaces  ")}), "multiple--spaces");
  EXPECT_EQ(Result("slugify", {S("and-dash")}), "anddash");
  EXPECT_EQ(Result("slugify", {S("Café 日本")}), "café-日本");
  EXPECT_EQ(Result("to_camel_case", {S("HelloWorld")}), "helloworld");
  EXPECT_EQ(Result("to_camel_case", {S("über cool-stuff")}), "überCoolStuff");
  EXPECT_EQ(Result("to_snake_case", {S("XMLHttpRequest")}), "xmlhttp_request");
  EXPECT_EQ(Result("to_snake_case", {S("HelloWorld Foo")}), "hello_world__foo");
  EXPECT_EQ(Result("to_snake_case", {S("foo.bar!baz")}), "foobarbaz");
  EXPECT_EQ(Result("to_kebab_case", {S("caféCrème")}), "café-crème");
}

// Random text as characters, the model the functions are compared with.
class Characters {
 public:
  explicit Characters(std::mt19937* random) {
    for (int n = static_cast<int>((*random)() % 12); n > 0; --n) {
      constexpr char32_t kAlphabet[] = {'a', 'b', ',', 0xE9, 0x65E5, 0x1F44D};
      list.push_back(kAlphabet[(*random)() % std::size(kAlphabet)]);
    }
  }
  explicit Characters(std::u32string characters) : list(std::move(characters)) {}
  std::string Encode() const {
    std::string out;
    for (const char32_t c : list) AppendUtf8(c, &out);
    return out;
  }
  std::u32string list;
};

TEST(StringPropertyTest, AgainstACodePointModel) {
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    const Characters s(&random);
    const Characters part(&random);
    const std::string text = s.Encode();
    const auto size = static_cast<int64_t>(s.list.size());
    ASSERT_EQ(Result("len", {S(text)}), std::to_string(size));
    const size_t at = s.list.find(part.list);
    ASSERT_EQ(Result("index_of", {S(text), S(part.Encode())}),
              at == std::u32string::npos ? "-1" : std::to_string(at));
    const auto start = static_cast<int64_t>(random() % 8);
    const auto end = static_cast<int64_t>(random() % 14);
    const std::u32string cut =
        start < size && end > start
            ? s.list.substr(static_cast<size_t>(start), static_cast<size_t>(end - start))
            : U"";
    ASSERT_EQ(Result("substring", {S(text), I(start), I(end)}), Characters(cut).Encode());
    ASSERT_EQ(Result("str_reverse", {S(text)}),
              Characters(std::u32string(s.list.rbegin(), s.list.rend())).Encode());
    if (!part.list.empty()) {
      // Splitting and joining is the identity; replacing is splitting and joining with another.
      TestContext c;
      const Ref parts = c.Call("split", {S(text), S(part.Encode())});
      ASSERT_EQ(Result("join", {parts, S(part.Encode())}), text);
      ASSERT_EQ(Result("join", {parts, S("日")}),
                Result("replace", {S(text), S(part.Encode()), S("日")}));
    }
  }
}

}  // namespace
}  // namespace ruff
