#include "ruff/runtime/value/handle.h"

#include <gtest/gtest.h>

#include <string>

#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/index.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"

namespace ruff {
namespace {

class Lamp : public HandleState {
 public:
  static constexpr std::string_view kType = "lamp";
  explicit Lamp(bool* gone) : gone_(gone) {}
  ~Lamp() override { *gone_ = true; }
  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "Lamp"; }
  Value Field(std::string_view name) const override {
    return name == "watts" ? Value::Int(40) : Value::Unset();
  }

 private:
  bool* gone_;
};

class Door : public HandleState {
 public:
  static constexpr std::string_view kType = "door";
  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "Door"; }
};

TEST(HandleTest, EndsWithTheLastCopy) {
  bool gone = false;
  {
    const Ref lamp(NewHandle(std::make_unique<Lamp>(&gone)));
    {
      const Ref copy = lamp;
    }
    EXPECT_FALSE(gone);
  }
  EXPECT_TRUE(gone);
}

TEST(HandleTest, KnowsItsType) {
  bool gone = false;
  const Ref lamp(NewHandle(std::make_unique<Lamp>(&gone)));
  EXPECT_EQ(TypeName(lamp.get()), "lamp");
  EXPECT_EQ(FormatToString(lamp.get(), Form::kText), "<lamp>");
  EXPECT_NE(StateAs<Lamp>(lamp.get()), nullptr);
  EXPECT_EQ(StateAs<Door>(lamp.get()), nullptr);
  EXPECT_EQ(StateAs<Door>(Value::Int(1)), nullptr);
}

TEST(HandleTest, HasFields) {
  bool gone = false;
  const Ref lamp(NewHandle(std::make_unique<Lamp>(&gone)));
  Value out;
  std::string error;
  const Ref watts(NewString("watts"));
  ASSERT_TRUE(ReadField(lamp.get(), watts.As<String>(), &out, &error));
  EXPECT_EQ(out.i, 40);
  const Ref colour(NewString("colour"));
  EXPECT_FALSE(ReadField(lamp.get(), colour.As<String>(), &out, &error));
  EXPECT_EQ(error, "Lamp has no field 'colour'");
}

}  // namespace
}  // namespace ruff
