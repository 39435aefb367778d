// What the conformance cases do not show: all channels, extreme sizes.

#include "ruff/host/image/raster.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "gtest/gtest.h"

namespace ruff {
namespace {

// All bytes different while there are less than 256.
Raster Numbered(uint32_t width, uint32_t height, uint32_t channels) {
  Raster raster(width, height, channels);
  std::iota(raster.bytes.begin(), raster.bytes.end(), uint8_t{0});
  return raster;
}

TEST(RasterTest, ChannelsCanBeAddedAndDropped) {
  Raster rgba(1, 1, 4);
  rgba.bytes = {10, 200, 30, 40};
  EXPECT_EQ(WithChannels(rgba, 4).bytes, rgba.bytes);
  EXPECT_EQ(WithChannels(rgba, 3).bytes, (std::vector<uint8_t>{10, 200, 30}));
  const uint8_t luma = (2126 * 10 + 7152 * 200 + 722 * 30) / 10000;
  EXPECT_EQ(WithChannels(rgba, 2).bytes, (std::vector<uint8_t>{luma, 40}));
  EXPECT_EQ(WithChannels(rgba, 1).bytes, std::vector<uint8_t>{luma});
  Raster grey(1, 1, 1);
  grey.bytes = {7};
  EXPECT_EQ(WithChannels(grey, 2).bytes, (std::vector<uint8_t>{7, 255}));
  EXPECT_EQ(WithChannels(grey, 3).bytes, (std::vector<uint8_t>{7, 7, 7}));
  EXPECT_EQ(WithChannels(grey, 4).bytes, (std::vector<uint8_t>{7, 7, 7, 255}));
}

TEST(RasterTest, FourTurnsAndTwoMirrorsAreNone) {
  for (uint32_t channels = 1; channels <= 4; ++channels) {
    const Raster start = Numbered(3, 2, channels);
    const Raster quarter = Turned(start, Turn::k90);
    EXPECT_EQ(quarter.width, 2u);
    EXPECT_EQ(quarter.height, 3u);
    EXPECT_EQ(*quarter.at(0, 0), *start.at(0, 1));
    EXPECT_EQ(*quarter.at(1, 2), *start.at(2, 0));
    EXPECT_EQ(Turned(quarter, Turn::k90).bytes, Turned(start, Turn::k180).bytes);
    EXPECT_EQ(Turned(quarter, Turn::k270).bytes, start.bytes);
    for (const Turn mirror : {Turn::kMirrorHorizontal, Turn::kMirrorVertical}) {
      EXPECT_NE(Turned(start, mirror).bytes, start.bytes);
      EXPECT_EQ(Turned(Turned(start, mirror), mirror).bytes, start.bytes);
    }
  }
}

TEST(RasterTest, ACropIsAPart) {
  const Raster part = Crop(Numbered(4, 4, 2), 1, 2, 2, 2);
  EXPECT_EQ(part.bytes, (std::vector<uint8_t>{18, 19, 20, 21, 26, 27, 28, 29}));
}

TEST(RasterTest, BrightnessLeavesAlphaAlone) {
  Raster raster(1, 1, 4);
  raster.bytes = {0, 100, 250, 9};
  EXPECT_EQ(Brightened(raster, 50).bytes, (std::vector<uint8_t>{50, 150, 255, 9}));
  EXPECT_EQ(Brightened(raster, -1'000'000).bytes, (std::vector<uint8_t>{0, 0, 0, 9}));
  raster.channels = 2;
  raster.bytes = {100, 9};
  EXPECT_EQ(Brightened(raster, 50).bytes, (std::vector<uint8_t>{150, 9}));
}

TEST(RasterTest, ContrastOfAnyFactorIsInRange) {
  const Raster raster = Numbered(16, 16, 1);
  for (const float percent : {-1e30f, -100.0f, -1.0f, 0.0f, 50.0f, 1e30f}) {
    const Raster stretched = Contrasted(raster, percent);
    EXPECT_TRUE(std::is_sorted(stretched.bytes.begin(), stretched.bytes.end())) << percent;
  }
  EXPECT_EQ(Contrasted(raster, -100).bytes, std::vector<uint8_t>(256, 127));
}

TEST(RasterTest, OneColourStaysThatColour) {
  for (const uint8_t colour : {0, 1, 127, 254, 255}) {
    Raster raster(7, 5, 3);
    std::fill(raster.bytes.begin(), raster.bytes.end(), colour);
    for (const auto& [width, height] : {std::pair{1u, 1u}, {7u, 50u}, {100u, 3u}, {1u, 5000u}}) {
      const Raster resized = Resized(raster, width, height);
      EXPECT_EQ(resized.width, width);
      EXPECT_EQ(resized.height, height);
      EXPECT_EQ(resized.bytes, std::vector<uint8_t>(size_t{3} * width * height, colour));
    }
    for (const float sigma : {0.0f, 1e-6f, 0.4f, 3.0f, 1e6f, 1e30f}) {
      EXPECT_EQ(Blurred(raster, sigma).bytes, raster.bytes) << sigma;
    }
  }
}

TEST(RasterTest, ABlurSpreadsALightEvenly) {
  Raster raster(9, 9, 1);
  *raster.at(4, 4) = 255;
  const Raster blurred = Blurred(raster, 1);
  EXPECT_EQ(*blurred.at(3, 4), *blurred.at(5, 4));
  EXPECT_EQ(*blurred.at(4, 3), *blurred.at(3, 4));
  EXPECT_GT(*blurred.at(4, 4), *blurred.at(3, 4));
  EXPECT_GT(*blurred.at(3, 4), *blurred.at(3, 3));
  EXPECT_EQ(*blurred.at(0, 0), 0);
}

}  // namespace
}  // namespace ruff
