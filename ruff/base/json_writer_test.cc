#include "ruff/base/json_writer.h"

#include <utility>

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(JsonWriter, NestsAndSeparates) {
  JsonWriter json;
  json.BeginObject();
  json.Key("a\n").String("\"é\"");
  json.Key("list").BeginArray();
  json.Number(-1);
  json.Bool(true);
  json.BeginObject();
  json.EndObject();
  json.EndArray();
  json.Key("none").Null();
  json.Key("empty").BeginArray();
  json.EndArray();
  json.EndObject();
  EXPECT_EQ(std::move(json).Finish(),
            "{\n"
            "  \"a\\n\": \"\\\"é\\\"\",\n"
            "  \"list\": [\n"
            "    -1,\n"
            "    true,\n"
            "    {}\n"
            "  ],\n"
            "  \"none\": null,\n"
            "  \"empty\": []\n"
            "}\n");
}

TEST(JsonWriter, ASingleValueIsADocument) {
  JsonWriter json;
  json.Null();
  EXPECT_EQ(std::move(json).Finish(), "null\n");
}

}  // namespace
}  // namespace ruff
