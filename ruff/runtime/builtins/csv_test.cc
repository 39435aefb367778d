#include <gtest/gtest.h>

#include <string>

#include "ruff/runtime/builtins/test_context.h"

namespace ruff {
namespace {

TEST(CsvTest, QuotesLinesAndPositions) {
  TestContext c;
  EXPECT_EQ(c.Try("parse_csv", {S("a,b\r\"x\r\ny\",\"1\"\"z")}),
            "Array[Dict{a: String(\"x\r\ny\"), b: String(\"1\"z\")}]");
  EXPECT_EQ(c.Try("parse_csv", {S("a,b\n\"1\n2\",3\n\n4\n")}),
            "error: CSV parse error: CSV error: record 2 (line: 5, byte: 13): found record with 1 "
            "fields, but the previous record has 2 fields");
}

TEST(CsvTest, WritesWhatItReads) {
  TestContext c;
  EXPECT_EQ(c.Try("to_csv", {A({D({{"a", S("x,\"y\"")}, {"b", Null()}}), D({{"c", I(1)}})})}),
            "String(\"a,b\n\"x,\"\"y\"\"\",\n,\n\")");
  EXPECT_EQ(c.Try("to_csv", {A({D({{"a", S("")}})})}), "String(\"a\n\"\"\n\")");
  EXPECT_EQ(c.Try("to_csv", {A({})}), "error: CSV requires non-empty array");
}

TEST(CsvTest, UnclosedQuotesRunToTheEnd) {
  TestContext c;
  const std::string field(1'000'001, '"');
  const Ref rows = c.Call("parse_csv", {S("a\n" + field)});
  EXPECT_EQ(c.Try("len", {rows}), "Int(1)");
  EXPECT_EQ(c.Try("len", {c.Call("get", {Ref::Share(ArrayGet(rows.As<Array>(), 0)), S("a")})}),
            "Int(500000)");
}

}  // namespace
}  // namespace ruff
