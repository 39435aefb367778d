// What is written can be read, and whatever else is read ends in words.

#include "ruff/host/image/codec.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/host/image/image_format.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

struct Format {
  std::string_view extension;
  uint32_t channels;  // the most that it keeps
  bool is_exact;
};
constexpr Format kFormats[] = {
    {"png", 4, true}, {"jpg", 3, false}, {"jpeg", 3, false}, {"gif", 3, true}, {"bmp", 3, true},
    {"tga", 4, true}, {"qoi", 4, true},  {"ppm", 3, true},   {"pgm", 1, true}, {"pbm", 1, false},
    {"pnm", 3, true}, {"webp", 4, true}, {"tiff", 4, true},  {"tif", 4, true},
};

const ImageFormat& Find(std::string_view extension) {
  std::string error;
  const ImageFormat* format = FormatOf(absl::StrCat("a.", extension), &error);
  EXPECT_NE(format, nullptr) << extension << ": " << error;
  return *format;
}

// Few colours, so that a GIF keeps them all.
Raster Picture(uint32_t width, uint32_t height, uint32_t channels) {
  Raster raster(width, height, channels);
  for (uint32_t y = 0; y < height; ++y) {
    for (uint32_t x = 0; x < width; ++x) {
      for (uint32_t c = 0; c < channels; ++c) {
        raster.at(x, y)[c] = static_cast<uint8_t>((x % 11 * 20 + y % 7 * 5 + c * 30) % 256);
      }
      if (raster.has_alpha()) raster.at(x, y)[channels - 1] = x % 2 == 0 ? 255 : 77;
    }
  }
  return raster;
}

std::string Encoded(std::string_view extension, const Raster& raster) {
  std::string content;
  EXPECT_EQ(Find(extension).encode(raster, &content), "") << extension;
  return content;
}

TEST(CodecTest, WhatIsWrittenIsRead) {
  for (const Format& format : kFormats) {
    for (uint32_t channels = 1; channels <= 4; ++channels) {
      for (const auto& [width, height] : {std::pair{1u, 1u}, {9u, 1u}, {1u, 9u}, {33u, 17u}}) {
        const Raster picture = Picture(width, height, channels);
        Raster read;
        const std::string content = Encoded(format.extension, picture);
        EXPECT_EQ(Find(format.extension).decode(content, &read), "") << format.extension;
        EXPECT_EQ(read.width, width) << format.extension;
        EXPECT_EQ(read.height, height) << format.extension;
        ASSERT_EQ(read.bytes.size(), read.pixels() * read.channels) << format.extension;
        const bool fits =
            channels <= format.channels && (format.channels == 4 || channels % 2 == 1);
        if (!format.is_exact || !fits) continue;
        EXPECT_EQ(WithChannels(read, channels).bytes, picture.bytes)
            << format.extension << " with " << channels;
      }
    }
  }
}

TEST(CodecTest, AJpegIsNear) {
  Raster picture(32, 32, 3);
  for (uint32_t y = 0; y < 32; ++y) {
    for (uint32_t x = 0; x < 32; ++x) {
      picture.at(x, y)[0] = static_cast<uint8_t>(x * 8);
      picture.at(x, y)[1] = static_cast<uint8_t>(y * 8);
      picture.at(x, y)[2] = 100;
    }
  }
  Raster read;
  ASSERT_EQ(DecodeJpeg(Encoded("jpg", picture), &read), "");
  for (size_t i = 0; i < picture.bytes.size(); ++i) {
    EXPECT_NEAR(read.bytes[i], picture.bytes[i], 24) << i;
  }
}

TEST(CodecTest, AGifOfManyColoursKeepsAChoice) {
  Raster picture(64, 64, 4);
  for (uint32_t y = 0; y < 64; ++y) {
    for (uint32_t x = 0; x < 64; ++x) {
      picture.at(x, y)[0] = static_cast<uint8_t>(x * 4);
      picture.at(x, y)[1] = static_cast<uint8_t>(y * 4);
      picture.at(x, y)[3] = y == 0 ? 0 : 255;
    }
  }
  Raster read;
  ASSERT_EQ(DecodeGif(Encoded("gif", picture), &read), "");
  ASSERT_EQ(read.channels, 4u);
  for (uint32_t x = 0; x < 64; ++x) {
    EXPECT_EQ(read.at(x, 0)[3], 0);
    EXPECT_EQ(read.at(x, 1)[3], 255);
    EXPECT_NEAR(read.at(x, 32)[0], picture.at(x, 32)[0], 40);
  }
}

// Each of a file's bytes changed, and the file cut off there.
TEST(CodecTest, DamageEndsInWordsOrInAPicture) {
  for (const Format& format : kFormats) {
    const ImageFormat& codec = Find(format.extension);
    const std::string whole = Encoded(format.extension, Picture(9, 5, format.channels));
    const auto check = [&](std::string_view content) {
      Heap heap;
      heap.set_limit(uint64_t{1} << 26);
      const HeapScope scope(&heap);
      Raster read;
      if (codec.decode(content, &read).empty()) {
        EXPECT_GT(read.bytes.size(), 0u) << format.extension;
        EXPECT_EQ(read.bytes.size(), read.pixels() * read.channels);
      }
    };
    for (size_t at = 0; at < whole.size(); ++at) {
      for (const int flip : {0x01, 0x80, 0xff}) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ flip);
        check(damaged);
      }
      check(std::string_view(whole).substr(0, at));
    }
  }
}

TEST(CodecTest, NoFormatTakesAnotherForItsOwn) {
  for (const Format& format : kFormats) {
    const std::string content = Encoded(format.extension, Picture(9, 5, 3));
    for (const Format& other : kFormats) {
      if (Find(other.extension).decode == Find(format.extension).decode) continue;
      Raster read;
      EXPECT_NE(Find(other.extension).decode(content, &read), "")
          << format.extension << " as " << other.extension;
    }
    Raster read;
    EXPECT_NE(Find(format.extension).decode("", &read), "");
  }
}

// A header may say anything.
TEST(CodecTest, NoRoomIsMadeForASizeThatIsTooLarge) {
  Heap heap;
  const HeapScope scope(&heap);
  constexpr std::string_view kReason = "the image is too large (4294967294 x 4294967294)";
  Raster read;
  EXPECT_EQ(DecodePnm("P6 4294967294 4294967294 255\n", &read), kReason);
  EXPECT_EQ(DecodeQoi(std::string_view("qoif\xff\xff\xff\xfe\xff\xff\xff\xfe\3\0", 14), &read),
            kReason);
  EXPECT_EQ(DecodePnm("P5 0 1 255\n", &read), "the image has no pixels");
  for (const Format& format : kFormats) {
    if (format.extension == "webp" || format.extension.starts_with("tif")) continue;
    // The sizes stand in the first bytes.
    std::string content = Encoded(format.extension, Picture(9, 5, 3));
    for (size_t at = 0; at < 26 && at < content.size(); ++at) {
      std::string large = content;
      large[at] = '\x3f';
      if (!Find(format.extension).decode(large, &read).empty()) continue;
      EXPECT_LE(read.pixels(), content.size() * 65536) << format.extension;
    }
  }
  EXPECT_EQ(DecodePnm("P4 16384 16384 \1", &read), "unexpected end of data");
  heap.set_limit(1000);
  read = Raster();
  EXPECT_EQ(DecodePnm("P5 1000 1000 255\n", &read), "the image is too large (1000 x 1000)");
  EXPECT_EQ(read.bytes.size(), 0u);
}

// A PNG of one pixel whose data go on for ever would be unpacked before it is looked at.
TEST(CodecTest, NoMoreIsUnpackedThanThePictureNeeds) {
  std::string bomb = Encoded("png", Raster(1000, 1000, 4));
  ASSERT_LT(bomb.size(), 100'000u);
  const auto put = [&](size_t at, uint32_t number) {
    for (size_t i = 0; i < 4; ++i) bomb[at + i] = static_cast<char>(number >> (24 - 8 * i));
  };
  put(16, 1);
  put(20, 1);
  Raster read;
  EXPECT_EQ(DecodePng(bomb, &read), "the data is damaged");
}

TEST(CodecTest, AJpegOfManyScansIsRefused) {
  std::string content = Encoded("jpg", Picture(9, 5, 3));
  for (int i = 0; i < 200; ++i) content += "\xff\xda";
  Raster read;
  EXPECT_EQ(DecodeJpeg(content, &read), "the file has too many scans");
}

TEST(CodecTest, WhatAFormatCannotHoldIsRefused) {
  const Raster wide(70'000, 1, 3);
  for (const auto& [extension, name] :
       {std::pair{"jpg", "JPEG"}, {"gif", "GIF"}, {"tga", "TGA"}, {"webp", "WebP"}}) {
    std::string content;
    EXPECT_EQ(Find(extension).encode(wide, &content),
              absl::StrCat("the image is too large for ", name));
  }
}

TEST(CodecTest, PlainMapsAreReadWithTheirComments) {
  Raster read;
  EXPECT_EQ(DecodePnm("P3 # a comment\n2 1\n# another\n15\n0 15 1  2 3 4", &read), "");
  EXPECT_EQ(read.bytes, (std::vector<uint8_t>{0, 255, 17, 34, 51, 68}));
  EXPECT_EQ(DecodePnm("P1 3 1 101", &read), "");
  EXPECT_EQ(read.bytes, (std::vector<uint8_t>{0, 255, 0}));
  EXPECT_EQ(DecodePnm("P4 3 1 \xa0", &read), "");
  EXPECT_EQ(read.bytes, (std::vector<uint8_t>{0, 255, 0}));
  EXPECT_EQ(DecodePnm(std::string_view("P5 1 1 65535 \x80\x00", 15), &read), "");
  EXPECT_EQ(read.bytes, std::vector<uint8_t>{128});
  EXPECT_EQ(DecodePnm("P5 1 1 65536 \x80", &read), "the header is invalid");
}

TEST(ImageFormatTest, TheExtensionSaysTheFormat) {
  std::string error;
  EXPECT_EQ(FormatOf("a/b.PnG", &error)->extension, "png");
  EXPECT_EQ(FormatOf("a.png.jpg/", &error)->extension, "jpg");
  for (const std::string_view path : {"", "png", ".png", "a.png/b", "..", "a/.jpg"}) {
    EXPECT_EQ(FormatOf(path, &error), nullptr) << path;
    EXPECT_EQ(error, "The image format could not be determined") << path;
  }
  EXPECT_EQ(FormatOf("a.Txt", &error), nullptr);
  EXPECT_EQ(error, "The file extension `.\"Txt\"` was not recognized as an image format");
}

}  // namespace
}  // namespace ruff
