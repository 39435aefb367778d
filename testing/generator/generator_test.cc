// Properties of all families. That programs do what is expected of them is the business of
// testing/stress.

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "testing/generator/decisions.h"
#include "testing/generator/family.h"
#include "testing/generator/sink.h"

namespace ruff::generator {
namespace {

struct Written {
  std::string program;
  Expectation expectation;
};

Written Write(const Kind& kind, uint64_t seed, uint64_t size) {
  SeededDecisions decisions(seed);
  Sink sink;
  Written written;
  kind.write(decisions, size, sink, written.expectation);
  written.program = sink.text();
  return written;
}

template <typename Check>
void ForKinds(Check check) {
  for (const Family& family : Families()) {
    for (const Kind& kind : family.kinds) {
      SCOPED_TRACE(std::string(family.name) + "/" + std::string(kind.name));
      check(family, kind);
    }
  }
}

TEST(Generator, HasFourFamilies) {
  std::vector<std::string_view> names;
  for (const Family& family : Families()) names.push_back(family.name);
  EXPECT_EQ(names, (std::vector<std::string_view>{"literals", "promises", "programs", "damage"}));
  EXPECT_EQ(FindFamily("nonsense"), nullptr);
  ForKinds([](const Family& family, const Kind& kind) {
    EXPECT_EQ(FindKind(*FindFamily(family.name), kind.name), &kind);
  });
}

TEST(Generator, WritesTheSameForTheSameSeed) {
  ForKinds([](const Family&, const Kind& kind) {
    for (const uint64_t size : {1, 40}) {
      const Written one = Write(kind, 7, size), other = Write(kind, 7, size);
      EXPECT_FALSE(one.program.empty());
      EXPECT_EQ(one.program, other.program);
      EXPECT_EQ(one.expectation.output, other.expectation.output);
      EXPECT_EQ(one.expectation.exit_code, other.expectation.exit_code);
    }
  });
}

TEST(Generator, KnowsTheAnswerExceptOfDamage) {
  ForKinds([](const Family& family, const Kind& kind) {
    const Written written = Write(kind, 3, 40);
    EXPECT_EQ(written.expectation.known, family.name != "damage");
    if (written.expectation.known) EXPECT_FALSE(written.expectation.output.empty());
  });
}

// FNV-1a: the bytes are part of the contract, on every machine.
uint64_t Hash(std::string_view text) {
  uint64_t hash = 14695981039346656037u;
  for (const unsigned char c : text) hash = (hash ^ c) * 1099511628211u;
  return hash;
}

TEST(Generator, ChoosesTheSameOnEveryMachine) {
  SeededDecisions decisions(1);
  std::string numbers;
  for (int i = 0; i < 100; ++i) numbers += std::to_string(decisions.Below(1 + i * i)) + " ";
  EXPECT_EQ(Hash(numbers), 11031592831070844429u) << numbers;
}

TEST(Generator, EndsWhenTheBytesAreUsedUp) {
  ForKinds([](const Family&, const Kind& kind) {
    for (const std::vector<uint8_t>& bytes :
         {std::vector<uint8_t>(), std::vector<uint8_t>(64, 0xff), std::vector<uint8_t>(64, 0x55)}) {
      ByteDecisions decisions(bytes);
      Sink sink;
      Expectation expectation;
      kind.write(decisions, 20, sink, expectation);
      EXPECT_FALSE(sink.text().empty());
      EXPECT_LT(sink.text().size(), 100'000);
    }
  });
}

// A million elements pass through a small buffer.
TEST(Generator, StreamsLargeLiterals) {
  const Family* literals = FindFamily("literals");
  ASSERT_NE(literals, nullptr);
  std::FILE* null = std::fopen("/dev/null", "wb");
  ASSERT_NE(null, nullptr);
  {
    SeededDecisions decisions(1);
    Sink sink(null);
    Expectation expectation;
    literals->kinds[0].write(decisions, 1'000'000, sink, expectation);
    EXPECT_LT(sink.text().size(), 1 << 17);
    EXPECT_TRUE(sink.Flush());
    EXPECT_LT(expectation.output.size(), 10'000);
  }
  std::fclose(null);
}

}  // namespace
}  // namespace ruff::generator
