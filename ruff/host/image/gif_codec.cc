// GIF, by giflib: the first picture of a file. Written with a palette of its own: the colours
// themselves when there are few enough, else a choice of 256.

#include <gif_lib.h>

extern "C" {
#include <getarg.h>  // GifQuantizeBuffer
}

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ruff/host/image/codec.h"

namespace ruff {
namespace {

constexpr size_t kMaxColours = 256;
constexpr uint8_t kOpaque = 128;  // from this alpha on
constexpr uint32_t kMaxSide = 65535;
// At most, in a picture whose canvas may be larger; the longest word of the dictionary has 4096.
constexpr uint64_t kPixelsOfByte = 65536;

struct DecoderCloser {
  void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
};

int ReadInput(GifFileType* gif, GifByteType* to, int size) {
  auto* rest = static_cast<std::string_view*>(gif->UserData);
  const size_t count = std::min(rest->size(), static_cast<size_t>(size));
  std::memcpy(to, rest->data(), count);
  rest->remove_prefix(count);
  return static_cast<int>(count);
}

int WriteOutput(GifFileType* gif, const GifByteType* from, int size) {
  static_cast<std::string*>(gif->UserData)
      ->append(reinterpret_cast<const char*>(from), static_cast<size_t>(size));
  return size;
}

// Reads up to the first picture; `*transparent` is its colour that means nothing, or -1.
bool FindPicture(GifFileType* gif, int* transparent) {
  *transparent = NO_TRANSPARENT_COLOR;
  for (;;) {
    GifRecordType record;
    if (DGifGetRecordType(gif, &record) == GIF_ERROR) return false;
    if (record == IMAGE_DESC_RECORD_TYPE) return DGifGetImageDesc(gif) != GIF_ERROR;
    if (record != EXTENSION_RECORD_TYPE) return false;
    int code;
    GifByteType* block;
    if (DGifGetExtension(gif, &code, &block) == GIF_ERROR) return false;
    GraphicsControlBlock control;
    if (code == GRAPHICS_EXT_FUNC_CODE && block != nullptr &&
        DGifExtensionToGCB(block[0], block + 1, &control) != GIF_ERROR) {
      *transparent = control.TransparentColor;
    }
    while (block != nullptr) {
      if (DGifGetExtensionNext(gif, &block) == GIF_ERROR) return false;
    }
  }
}

// The rows of an interlaced picture in the order of the file.
std::vector<uint32_t> RowOrder(uint32_t height, bool interlaced) {
  std::vector<uint32_t> rows;
  rows.reserve(height);
  constexpr std::array<std::array<uint32_t, 2>, 4> kPasses = {{{0, 8}, {4, 8}, {2, 4}, {1, 2}}};
  if (!interlaced) {
    for (uint32_t y = 0; y < height; ++y) rows.push_back(y);
  } else {
    for (const auto& [first, step] : kPasses) {
      for (uint32_t y = first; y < height; y += step) rows.push_back(y);
    }
  }
  return rows;
}

struct Palette {
  std::vector<GifColorType> colours;
  std::vector<GifByteType> indices;  // one for each pixel
};

// False when there are more than `limit` colours.
bool CollectColours(const Raster& image, size_t limit, Palette* palette) {
  absl::flat_hash_map<uint32_t, uint8_t> known;
  const uint8_t* in = image.bytes.data();
  for (uint64_t i = 0; i < image.pixels(); ++i, in += image.channels) {
    if (image.has_alpha() && in[3] < kOpaque) continue;
    const uint32_t key = in[0] << 16 | in[1] << 8 | in[2];
    const auto [entry, is_new] =
        known.try_emplace(key, static_cast<uint8_t>(palette->colours.size()));
    if (is_new) {
      if (palette->colours.size() == limit) return false;
      palette->colours.push_back({in[0], in[1], in[2]});
    }
    palette->indices[i] = entry->second;
  }
  return true;
}

bool ChooseColours(const Raster& image, size_t limit, Palette* palette) {
  std::array<std::vector<GifByteType>, 3> planes;
  for (auto& plane : planes) plane.reserve(image.pixels());
  const uint8_t* in = image.bytes.data();
  for (uint64_t i = 0; i < image.pixels(); ++i, in += image.channels) {
    for (size_t c = 0; c < 3; ++c) planes[c].push_back(in[c]);
  }
  palette->colours.assign(kMaxColours, GifColorType{});
  int count = static_cast<int>(limit);
  return GifQuantizeBuffer(image.width, image.height, &count, planes[0].data(), planes[1].data(),
                           planes[2].data(), palette->indices.data(),
                           palette->colours.data()) != GIF_ERROR;
}

bool WritePicture(const Raster& image, const Palette& palette, int transparent, GifFileType* gif) {
  const std::unique_ptr<ColorMapObject, void (*)(ColorMapObject*)> map(
      GifMakeMapObject(kMaxColours, palette.colours.data()), GifFreeMapObject);
  const int width = static_cast<int>(image.width);
  const int height = static_cast<int>(image.height);
  EGifSetGifVersion(gif, /*gif89=*/true);
  if (EGifPutScreenDesc(gif, width, height, 8, 0, map.get()) == GIF_ERROR) return false;
  if (transparent != NO_TRANSPARENT_COLOR) {
    const GraphicsControlBlock control = {.TransparentColor = transparent};
    GifByteType bytes[4];
    const size_t size = EGifGCBToExtension(&control, bytes);
    if (EGifPutExtension(gif, GRAPHICS_EXT_FUNC_CODE, static_cast<int>(size), bytes) == GIF_ERROR) {
      return false;
    }
  }
  if (EGifPutImageDesc(gif, 0, 0, width, height, false, nullptr) == GIF_ERROR) return false;
  std::vector<GifByteType> row(image.width);
  for (uint32_t y = 0; y < image.height; ++y) {
    std::memcpy(row.data(), &palette.indices[size_t{y} * image.width], row.size());
    if (EGifPutLine(gif, row.data(), width) == GIF_ERROR) return false;
  }
  return true;
}

}  // namespace

std::string DecodeGif(std::string_view content, Raster* image) {
  const size_t file_size = content.size();
  int error = 0;
  const std::unique_ptr<GifFileType, DecoderCloser> gif(DGifOpen(&content, ReadInput, &error));
  if (gif == nullptr) return "not a GIF file";
  int transparent;
  if (!FindPicture(gif.get(), &transparent)) return "the file holds no picture";
  const GifImageDesc& place = gif->Image;
  const ColorMapObject* map = place.ColorMap != nullptr ? place.ColorMap : gif->SColorMap;
  if (map == nullptr || place.Width <= 0 || place.Height <= 0) return "the picture has no colours";
  const auto width = static_cast<uint32_t>(std::max(gif->SWidth, place.Left + place.Width));
  const auto height = static_cast<uint32_t>(std::max(gif->SHeight, place.Top + place.Height));
  const std::string why = CheckImageSize(width, height, 4, file_size, kPixelsOfByte);
  if (!why.empty()) return why;
  Raster canvas(width, height, 4);
  bool opaque = place.Width == gif->SWidth && place.Height == gif->SHeight;
  std::vector<GifPixelType> row(static_cast<size_t>(place.Width));
  for (const uint32_t y : RowOrder(static_cast<uint32_t>(place.Height), place.Interlace)) {
    if (DGifGetLine(gif.get(), row.data(), place.Width) == GIF_ERROR) return "the data is damaged";
    uint8_t* out =
        canvas.at(static_cast<uint32_t>(place.Left), static_cast<uint32_t>(place.Top) + y);
    for (const GifPixelType index : row) {
      if (index == transparent) {
        opaque = false;
      } else if (index < map->ColorCount) {
        const GifColorType& colour = map->Colors[index];
        out[0] = colour.Red;
        out[1] = colour.Green;
        out[2] = colour.Blue;
        out[3] = 255;
      }
      out += 4;
    }
  }
  *image = opaque ? WithChannels(canvas, 3) : std::move(canvas);
  return {};
}

std::string EncodeGif(const Raster& image, std::string* content) {
  if (image.width > kMaxSide || image.height > kMaxSide) return "the image is too large for GIF";
  const Raster colour = WithChannels(image, image.has_alpha() ? 4 : 3);
  // The last colour is free for what is transparent.
  const size_t limit = colour.has_alpha() ? kMaxColours - 1 : kMaxColours;
  Palette palette;
  palette.indices.assign(colour.pixels(), 0);
  if (!CollectColours(colour, limit, &palette) && !ChooseColours(colour, limit, &palette)) {
    return "the image cannot be encoded";
  }
  palette.colours.resize(kMaxColours);
  int transparent = NO_TRANSPARENT_COLOR;
  if (colour.has_alpha()) {
    transparent = kMaxColours - 1;
    for (uint64_t i = 0; i < colour.pixels(); ++i) {
      if (colour.bytes[i * 4 + 3] < kOpaque) palette.indices[i] = kMaxColours - 1;
    }
  }
  int error = 0;
  GifFileType* gif = EGifOpen(content, WriteOutput, &error);
  if (gif == nullptr) return "the image cannot be encoded";
  const bool written = WritePicture(colour, palette, transparent, gif);
  const bool closed = EGifCloseFile(gif, &error) != GIF_ERROR;
  return written && closed ? "" : "the image cannot be encoded";
}

}  // namespace ruff
