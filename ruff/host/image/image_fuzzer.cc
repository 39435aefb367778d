// Any bytes as a picture file: the first says the format. What is a picture is written without loss
// and read again as itself.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "ruff/base/check.h"
#include "ruff/host/image/codec.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

constexpr uint64_t kHeapLimit = uint64_t{1} << 24;

struct Codec {
  ImageDecoder decode;
  ImageEncoder encode;
  uint32_t exact_channels;  // up to so many survive; 0: it is lossy
};
constexpr Codec kCodecs[] = {
    {DecodePng, EncodePng, 4},   {DecodeJpeg, EncodeJpeg, 0}, {DecodeGif, EncodeGif, 0},
    {DecodeBmp, EncodeBmp, 3},   {DecodeTga, EncodeTga, 4},   {DecodeQoi, EncodeQoi, 4},
    {DecodePnm, EncodePnm, 3},   {DecodePnm, EncodePbm, 0},   {DecodeWebp, EncodeWebp, 4},
    {DecodeTiff, EncodeTiff, 4},
};

void Run(const Codec& codec, std::string_view content) {
  Heap heap;
  heap.set_limit(kHeapLimit);
  const HeapScope scope(&heap);
  Raster picture;
  if (!codec.decode(content, &picture).empty()) return;
  RUFF_CHECK(picture.pixels() > 0 && picture.bytes.size() == picture.pixels() * picture.channels);
  std::string written;
  if (!codec.encode(picture, &written).empty()) return;
  Raster again;
  RUFF_CHECK(codec.decode(written, &again).empty());
  RUFF_CHECK(again.width == picture.width && again.height == picture.height);
  if (picture.channels <= codec.exact_channels) {
    RUFF_CHECK(WithChannels(again, picture.channels).bytes == picture.bytes);
  }
}

}  // namespace
}  // namespace ruff

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view content(reinterpret_cast<const char*>(data + 1), size - 1);
  ruff::Run(ruff::kCodecs[data[0] % std::size(ruff::kCodecs)], content);
  return 0;
}
