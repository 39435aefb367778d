// TIFF, by libtiff. Plain 8-bit pictures are read as they are; libtiff converts all others.

#include <tiffio.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "ruff/host/image/codec.h"

namespace ruff {
namespace {

constexpr tmsize_t kMaxAllocation = tmsize_t{1} << 30;

// A file in memory, and what libtiff complained about first.
struct MemoryFile {
  std::string content;
  uint64_t position = 0;
  std::string error;
};

MemoryFile* FileOf(thandle_t handle) { return static_cast<MemoryFile*>(handle); }

tmsize_t Read(thandle_t handle, void* to, tmsize_t size) {
  MemoryFile* file = FileOf(handle);
  if (file->position >= file->content.size()) return 0;
  const uint64_t count =
      std::min(static_cast<uint64_t>(size), file->content.size() - file->position);
  std::memcpy(to, file->content.data() + file->position, count);
  file->position += count;
  return static_cast<tmsize_t>(count);
}

tmsize_t Write(thandle_t handle, void* from, tmsize_t size) {
  MemoryFile* file = FileOf(handle);
  const uint64_t end = file->position + static_cast<uint64_t>(size);
  if (end > file->content.size()) file->content.resize(end);
  std::memcpy(file->content.data() + file->position, from, static_cast<size_t>(size));
  file->position = end;
  return size;
}

toff_t Seek(thandle_t handle, toff_t offset, int origin) {
  MemoryFile* file = FileOf(handle);
  file->position = offset + (origin == SEEK_CUR   ? file->position
                             : origin == SEEK_END ? file->content.size()
                                                  : 0);
  return file->position;
}

int Close(thandle_t) { return 0; }
toff_t Size(thandle_t handle) { return FileOf(handle)->content.size(); }

int NoteError(TIFF*, void* file, const char*, const char* format, va_list arguments) {
  char text[256];
  vsnprintf(text, sizeof text, format, arguments);
  std::string& error = FileOf(file)->error;
  if (error.empty()) error = text;
  return 1;
}

int IgnoreWarning(TIFF*, void*, const char*, const char*, va_list) { return 1; }

struct Closer {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffPtr = std::unique_ptr<TIFF, Closer>;

TiffPtr Open(MemoryFile* file, const char* mode) {
  TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, kMaxAllocation);
  TIFFOpenOptionsSetMaxCumulatedMemAlloc(options, 2 * kMaxAllocation);
  TIFFOpenOptionsSetErrorHandlerExtR(options, NoteError, file);
  TIFFOpenOptionsSetWarningHandlerExtR(options, IgnoreWarning, nullptr);
  TiffPtr tiff(TIFFClientOpenExt("image", mode, file, Read, Write, Seek, Close, Size, nullptr,
                                 nullptr, options));
  TIFFOpenOptionsFree(options);
  return tiff;
}

std::string ErrorOf(const MemoryFile& file) {
  return file.error.empty() ? "the data is damaged" : file.error;
}

template <typename T>
T Tag(TIFF* tiff, uint32_t tag) {
  T value = 0;
  TIFFGetFieldDefaulted(tiff, tag, &value);
  return value;
}

// Can the rows be taken as they are?
bool IsPlain(TIFF* tiff, uint32_t channels) {
  const auto photometric = Tag<uint16_t>(tiff, TIFFTAG_PHOTOMETRIC);
  const bool colours_fit = channels < 3 ? photometric == PHOTOMETRIC_MINISBLACK
                                        : channels <= 4 && photometric == PHOTOMETRIC_RGB;
  if (!colours_fit || TIFFIsTiled(tiff) != 0 || Tag<uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE) != 8 ||
      Tag<uint16_t>(tiff, TIFFTAG_PLANARCONFIG) != PLANARCONFIG_CONTIG ||
      Tag<uint16_t>(tiff, TIFFTAG_ORIENTATION) != ORIENTATION_TOPLEFT) {
    return false;
  }
  uint16_t extras = 0;
  uint16_t* kinds = nullptr;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &extras, &kinds);
  return channels % 2 == 1 ? extras == 0 : extras == 1 && kinds[0] == EXTRASAMPLE_UNASSALPHA;
}

}  // namespace

std::string DecodeTiff(std::string_view content, Raster* image) {
  MemoryFile file{.content = std::string(content)};
  const TiffPtr tiff = Open(&file, "rm");
  if (tiff == nullptr) return ErrorOf(file);
  const auto width = Tag<uint32_t>(tiff.get(), TIFFTAG_IMAGEWIDTH);
  const auto height = Tag<uint32_t>(tiff.get(), TIFFTAG_IMAGELENGTH);
  if (std::string error = CheckImageSize(width, height, 4); !error.empty()) return error;
  const uint32_t channels = Tag<uint16_t>(tiff.get(), TIFFTAG_SAMPLESPERPIXEL);
  if (IsPlain(tiff.get(), channels)) {
    *image = Raster(width, height, channels);
    const size_t row = size_t{width} * channels;
    if (TIFFScanlineSize64(tiff.get()) != row) return "the data is damaged";
    for (uint32_t y = 0; y < height; ++y) {
      if (TIFFReadScanline(tiff.get(), image->at(0, y), y, 0) != 1) return ErrorOf(file);
    }
    return {};
  }
  Raster rgba(width, height, 4);
  auto* pixels = reinterpret_cast<uint32_t*>(rgba.bytes.data());
  if (TIFFReadRGBAImageOriented(tiff.get(), width, height, pixels, ORIENTATION_TOPLEFT,
                                /*stopOnError=*/1) != 1) {
    return ErrorOf(file);
  }
  bool opaque = true;
  for (size_t i = 3; i < rgba.bytes.size(); i += 4) opaque = opaque && rgba.bytes[i] == 255;
  *image = opaque ? WithChannels(rgba, 3) : std::move(rgba);
  return {};
}

std::string EncodeTiff(const Raster& image, std::string* content) {
  MemoryFile file;
  TiffPtr tiff = Open(&file, "w");
  if (tiff == nullptr) return ErrorOf(file);
  TIFF* const out = tiff.get();
  TIFFSetField(out, TIFFTAG_IMAGEWIDTH, image.width);
  TIFFSetField(out, TIFFTAG_IMAGELENGTH, image.height);
  TIFFSetField(out, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(out, TIFFTAG_SAMPLESPERPIXEL, image.channels);
  TIFFSetField(out, TIFFTAG_PHOTOMETRIC,
               image.is_grey() ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
  TIFFSetField(out, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(out, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  TIFFSetField(out, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
  if (image.has_alpha()) {
    const uint16_t kind = EXTRASAMPLE_UNASSALPHA;
    TIFFSetField(out, TIFFTAG_EXTRASAMPLES, 1, &kind);
  }
  TIFFSetField(out, TIFFTAG_ROWSPERSTRIP, TIFFDefaultStripSize(out, 0));
  for (uint32_t y = 0; y < image.height; ++y) {
    if (TIFFWriteScanline(out, const_cast<uint8_t*>(image.at(0, y)), y, 0) != 1) {
      return ErrorOf(file);
    }
  }
  if (TIFFFlush(out) != 1) return ErrorOf(file);
  tiff.reset();
  *content = std::move(file.content);
  return {};
}

}  // namespace ruff
