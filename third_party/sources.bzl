"""The one table of external packages.

Read by WORKSPACE (through source_archives) and by tools/bootstrap/fetch_sources, so the pins cannot
disagree. A block names the repository and its BUILD file ("-": the package brings its own), then
one line per place to get it from: where, file or URL, sha256, top folder to strip ("-": none).
`debian` paths are relative to the pool/ folder of any Debian mirror.
"""

load(":source_archive.bzl", "source_archive")

SOURCES = """
com_google_absl -
  debian   main/a/abseil/abseil_20240722.0.orig.tar.gz df6d1f5ef540725f3851201176a60486aab332410788465c9877910bb471c34a abseil-20240722.0
  upstream https://github.com/abseil/abseil-cpp/releases/download/20240722.0/abseil-cpp-20240722.0.tar.gz f50e5ac311a81382da7fa75b97310e4b9006474f9560ac46f54a9967f07d4ae3 abseil-cpp-20240722.0

com_google_googletest googletest.BUILD
  debian   main/g/googletest/googletest_1.16.0.orig.tar.gz 2f54382b5d13d6cd0be2afc524f1e510d37f8ba78c2d439c5bea64ef37e30d01 googletest-1.16.0
  upstream https://github.com/google/googletest/releases/download/v1.16.0/googletest-1.16.0.tar.gz 78c676fc63881529bf97bf9d45948d905a66833fbfa5318ea2cd7478cb98f399 googletest-1.16.0

com_github_google_benchmark benchmark.BUILD
  debian   main/b/benchmark/benchmark_1.9.1.orig.tar.gz 32131c08ee31eeff2c8968d7e874f3cb648034377dfc32a4c377fa8796d84981 benchmark-1.9.1
  upstream https://github.com/google/benchmark/archive/refs/tags/v1.9.1.tar.gz 32131c08ee31eeff2c8968d7e874f3cb648034377dfc32a4c377fa8796d84981 benchmark-1.9.1

libuv libuv.BUILD
  debian   main/libu/libuv1/libuv1_1.50.0.orig.tar.gz ec9de6ecf2a780fd2afb3b007947d2cd57c3bb17f3b9e721a66774980d35cd4d libuv1-1.50.0
  upstream https://github.com/libuv/libuv/archive/refs/tags/v1.50.0.tar.gz b1ec56444ee3f1e10c8bd3eed16ba47016ed0b94fe42137435aaf2e0bd574579 libuv-1.50.0

mimalloc mimalloc.BUILD
  debian   main/m/mimalloc/mimalloc_2.0.9+ds.orig.tar.xz cbc9d207ff105ad1f0cb739c378076143a6452b8d0624309cea0abfb040e972b mimalloc-2.0.9+ds
  upstream https://github.com/microsoft/mimalloc/archive/refs/tags/v2.0.9.tar.gz 4a29edae32a914a706715e2ac8e7e4109e25353212edeed0888f4e3e15db5850 mimalloc-2.0.9

utf8proc utf8proc.BUILD
  debian   main/u/utf8proc/utf8proc_2.8.0.orig.tar.gz a0a60a79fe6f6d54e7d411facbfcc867a6e198608f2cd992490e46f04b1bcecc utf8proc-2.8.0
  upstream https://github.com/JuliaStrings/utf8proc/archive/refs/tags/v2.8.0.tar.gz a0a60a79fe6f6d54e7d411facbfcc867a6e198608f2cd992490e46f04b1bcecc utf8proc-2.8.0

com_googlesource_code_re2 re2.BUILD
  debian   main/r/re2/re2_20240702.orig.tar.gz eb2df807c781601c14a260a507a5bb4509be1ee626024cb45acbd57cb9d4032b re2-2024-07-02
  upstream https://github.com/google/re2/archive/refs/tags/2024-07-02.tar.gz eb2df807c781601c14a260a507a5bb4509be1ee626024cb45acbd57cb9d4032b re2-2024-07-02

simdjson simdjson.BUILD
  debian   main/s/simdjson/simdjson_3.0.1.orig.tar.gz 156b1bc5eb0561b2bd166b46d191fd3d95a3e709cc63761477d3b7aec2b6e9ed simdjson-3.0.1/singleheader
  upstream https://github.com/simdjson/simdjson/archive/refs/tags/v3.0.1.tar.gz 156b1bc5eb0561b2bd166b46d191fd3d95a3e709cc63761477d3b7aec2b6e9ed simdjson-3.0.1/singleheader

yaml_cpp yaml_cpp.BUILD
  debian   main/y/yaml-cpp/yaml-cpp_0.8.0+dfsg.orig.tar.xz 32c85a5f36633a9005b20261b35fccb0d8ec69e9ef16c67de7d5d007944e3709 jbeder-yaml-cpp-f732014
  upstream https://github.com/jbeder/yaml-cpp/archive/refs/tags/0.8.0.tar.gz fbe74bbdcee21d656715688706da3c8becfd946d92cd44705cc6098bb23b3a16 yaml-cpp-0.8.0

fast_float fast_float.BUILD
  debian   main/f/fast-float/fast-float_8.0.0.orig.tar.gz f312f2dc34c61e665f4b132c0307d6f70ad9420185fa831911bc24408acf625d fast_float-8.0.0
  upstream https://github.com/fastfloat/fast_float/archive/refs/tags/v8.0.0.tar.gz f312f2dc34c61e665f4b132c0307d6f70ad9420185fa831911bc24408acf625d fast_float-8.0.0

tomlplusplus tomlplusplus.BUILD
  debian   main/t/tomlplusplus/libtomlplusplus-dev_3.3.0+ds-1_amd64.deb 2779cce0001466dcf60eb6262ff68a888d49f9e30aee80c499d1d4f6f9f6e12e -
  upstream https://github.com/marzer/tomlplusplus/archive/refs/tags/v3.3.0.tar.gz fc1a5eb410f3c67e90e5ad1264a1386d020067cfb01b633cc8c0441789aa6cf2 tomlplusplus-3.3.0

ada ada.BUILD
  debian   main/n/nodejs/nodejs_20.19.2+dfsg.orig-ada.tar.xz 26deff017c505b316f2498aaf293c896f4ab92b5349b367cf21fe14fa2cbd1e1 ada-2.9.2
  upstream https://github.com/ada-url/ada/archive/refs/tags/v2.9.2.tar.gz f41575ad7eec833afd9f6a0d6101ee7dc2f947fdf19ae8f1b54a71d59f4ba5ec ada-2.9.2

curl curl.BUILD
  debian   main/c/curl/curl_8.14.1.orig.tar.gz 6766ada7101d292b42b8b15681120acd68effa4a9660935853cf6d61f0d984d4 curl-8.14.1
  upstream https://curl.se/download/curl-8.14.1.tar.gz 6766ada7101d292b42b8b15681120acd68effa4a9660935853cf6d61f0d984d4 curl-8.14.1

http_parser http_parser.BUILD
  debian   main/h/http-parser/http-parser_2.9.4.orig.tar.gz 467b9e30fd0979ee301065e70f637d525c28193449e1b13fbcb1b1fab3ad224f http-parser-2.9.4
  upstream https://github.com/nodejs/http-parser/archive/refs/tags/v2.9.4.tar.gz 467b9e30fd0979ee301065e70f637d525c28193449e1b13fbcb1b1fab3ad224f http-parser-2.9.4

openssl openssl.BUILD
  debian   main/o/openssl/openssl_3.5.7.orig.tar.gz a8c0d28a529ca480f9f36cf5792e2cd21984552a3c8e4aa11a24aa31aeac98e8 openssl-3.5.7
  upstream https://github.com/openssl/openssl/releases/download/openssl-3.5.7/openssl-3.5.7.tar.gz a8c0d28a529ca480f9f36cf5792e2cd21984552a3c8e4aa11a24aa31aeac98e8 openssl-3.5.7

libxcrypt libxcrypt.BUILD
  debian   main/libx/libxcrypt/libxcrypt_4.4.38.orig.tar.xz 6a275a356622c64ba9f693892215dbb399c003a7a4afeed9c4c74070eaab20f4 libxcrypt-4.4.38
  upstream https://github.com/besser82/libxcrypt/releases/download/v4.4.38/libxcrypt-4.4.38.tar.xz 80304b9c306ea799327f01d9a7549bdb28317789182631f1b54f4511b4206dd6 libxcrypt-4.4.38

zlib zlib.BUILD
  debian   main/z/zlib/zlib_1.3.dfsg+really1.3.1.orig.tar.gz 60dd315c07f616887caa029408308a018ace66e3d142726a97db164b3b8f69fb zlib-1.3.1
  upstream https://github.com/madler/zlib/releases/download/v1.3.1/zlib-1.3.1.tar.gz 9a93b2b7dfdac77ceba5a558a580e74667dd6fede4585b91eefb60f03b72df23 zlib-1.3.1

libstb libstb.BUILD
  debian   main/libs/libstb/libstb_0.0~git20241109.5c20573+ds.orig.tar.xz a3a5820445a7dd063516bb542a5cd54ced8efc9c5a30bfbaae1bab6dec2c1a74 libstb-0.0~git20241109.5c20573
  upstream https://snapshot.debian.org/archive/debian/20250801T000000Z/pool/main/libs/libstb/libstb_0.0~git20241109.5c20573+ds.orig.tar.xz a3a5820445a7dd063516bb542a5cd54ced8efc9c5a30bfbaae1bab6dec2c1a74 libstb-0.0~git20241109.5c20573

giflib giflib.BUILD
  debian   main/g/giflib/giflib_5.2.2.orig.tar.gz be7ffbd057cadebe2aa144542fd90c6838c6a083b5e8a9048b8ee3b66b29d5fb giflib-5.2.2
  upstream https://downloads.sourceforge.net/project/giflib/giflib-5.2.2.tar.gz be7ffbd057cadebe2aa144542fd90c6838c6a083b5e8a9048b8ee3b66b29d5fb giflib-5.2.2

libwebp libwebp.BUILD
  debian   main/libw/libwebp/libwebp_1.5.0.orig.tar.gz 7d6fab70cf844bf6769077bd5d7a74893f8ffd4dfb42861745750c63c2a5c92c libwebp-1.5.0
  upstream https://storage.googleapis.com/downloads.webmproject.org/releases/webp/libwebp-1.5.0.tar.gz 7d6fab70cf844bf6769077bd5d7a74893f8ffd4dfb42861745750c63c2a5c92c libwebp-1.5.0

libtiff libtiff.BUILD
  debian   main/t/tiff/tiff_4.7.0.orig.tar.bz2 2b8b5c4e79cb2a4651796602e45d6179b7f18bc283feab417b8e881ef7e81862 libtiff-v4.7.0
  upstream https://download.osgeo.org/libtiff/tiff-4.7.0.tar.gz 67160e3457365ab96c5b3286a0903aa6e78bdc44c4bc737d2e486bcecb6ba976 tiff-4.7.0

sqlite sqlite.BUILD
  debian   main/libd/libdbd-sqlite3-perl/libdbd-sqlite3-perl_1.78.orig.tar.gz efbad7794bafaa4e7476c07445a33bbfe1040e380baa3395a02635eebe3859d5 DBD-SQLite-1.78
  upstream https://cpan.metacpan.org/authors/id/I/IS/ISHIGAKI/DBD-SQLite-1.78.tar.gz efbad7794bafaa4e7476c07445a33bbfe1040e380baa3395a02635eebe3859d5 DBD-SQLite-1.78
"""

def source_archives():
    """Declares a repository for every block of SOURCES."""
    for block in SOURCES.strip().split("\n\n"):
        lines = [[word for word in line.split(" ") if word] for line in block.split("\n")]
        repository, build_file = lines[0]
        attrs = {}
        for where, location, sha256, prefix in lines[1:]:
            attrs[where + "_location"] = location
            attrs[where + "_sha256"] = sha256
            attrs[where + "_prefix"] = "" if prefix == "-" else prefix
        if build_file != "-":
            attrs["build_file"] = "//third_party:" + build_file
        source_archive(name = repository, **attrs)
