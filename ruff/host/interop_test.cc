// What other programs make and what these builtins make is the same, both ways. A case without its
// program on this machine is skipped.

#include <unistd.h>

#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "ruff/host/run_host_program.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

struct Case {
  std::string_view name;
  std::string_view needs;        // a command that succeeds where the other program can be used
  std::string_view program;      // prints "true" and nothing else
  std::string_view helper = {};  // becomes the file "helper.py"
};

constexpr Case kCases[] = {
    {"Digests", "sha256sum --version && md5sum --version", R"(
write_file("f", repeat("some text ☃\n", 20000))
print(split(execute("sha256sum f"), " ")[0] == sha256_file("f") &&
      split(execute("md5sum f"), " ")[0] == md5_file("f") &&
      split(execute("printf %s grün | sha256sum"), " ")[0] == sha256("grün")))"},
    {"DigestsOfOpenSsl", "openssl version", R"(
write_binary_file("f", bytes([0, 255, 10, 13]))
print(split(execute("openssl dgst -r -sha256 f"), " ")[0] == sha256(read_binary_file("f")) &&
      split(execute("openssl dgst -r -md5 f"), " ")[0] == md5(read_binary_file("f"))))"},
    {"RsaKeysOfOpenSsl", "openssl version", R"(
execute("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem 2>/dev/null")
private := read_file("key.pem")
public := execute("openssl pkey -in key.pem -pubout")
execute("printf 'from there' >text; openssl dgst -sha256 -sign key.pem -out signature text")
print(rsa_verify("from there", encode_base64(read_binary_file("signature")), public) &&
      rsa_sign("from there", private) == encode_base64(read_binary_file("signature")) &&
      rsa_decrypt(rsa_encrypt("around", public), private) == "around"))"},
    {"RsaKeysForOpenSsl", "openssl version", R"(
keys := rsa_generate_keypair(2048)
write_file("private.pem", keys["private"])
write_file("public.pem", keys["public"])
write_file("text", "from here ☃")
write_binary_file("signature", decode_base64(rsa_sign("from here ☃", keys["private"])))
write_binary_file("sealed", decode_base64(rsa_encrypt("from here ☃", keys["public"])))
oaep := " -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256"
execute("openssl pkeyutl -encrypt -pubin -inkey public.pem -in text -out back" + oaep)
print(execute("openssl pkey -in private.pem -check -noout 2>&1") == "Key is valid\n" &&
      execute("openssl pkey -in private.pem -pubout") == keys["public"] &&
      execute("openssl pkey -in private.pem") == keys["private"] &&
      execute("openssl dgst -sha256 -verify public.pem -signature signature text") ==
          "Verified OK\n" &&
      execute("openssl pkeyutl -decrypt -inkey private.pem -in sealed" + oaep) == "from here ☃" &&
      rsa_decrypt(encode_base64(read_binary_file("back")), keys["private"]) == "from here ☃"))"},
    // GCM encrypts as CTR does, with a counter that starts at 2.
    {"Aes", "openssl version && od --version", R"(
sealed := decode_base64(aes_encrypt("from here ☃", "pass phrase"))
write_binary_file("sealed", sealed)
nonce := execute("head -c 12 sealed | od -An -v -tx1 | tr -d ' \\n'")
print(execute("tail -c +13 sealed | head -c -16 | openssl enc -d -aes-256-ctr -K " +
              sha256("pass phrase") + " -iv " + nonce + "00000002") == "from here ☃"))"},
    {"Passwords", R"(perl -e 'exit(crypt("a", "\$2b\$04\$abcdefghijklmnopqrstuu") !~ /^.{60}$/)')",
     R"(
theirs := execute("perl -e 'print crypt(q(pass word), q($2y$04$abcdefghijklmnopqrstuu))'")
ours := hash_password("pass word")
print(verify_password("pass word", theirs) && !verify_password("password", theirs) &&
      execute("perl -e 'print crypt(q(pass word), q(" + ours + "))'") == ours))"},
    {"WebTokens", "python3 -c 'import base64, hashlib, hmac, json'", R"(
claims := {"admin": true, "exp": 4000000000, "name": "Grün", "nested": {"a": [1, 2.5, null]}}
theirs := spawn_process(["python3", "helper.py", to_json(claims), "sécret"]).stdout
print(jwt_encode(claims, "sécret") == theirs && jwt_verify(theirs, "sécret") &&
      !jwt_verify(theirs, "secret") && jwt_decode(theirs, "sécret") == claims))",
     R"(import base64, hashlib, hmac, json, sys
def b64(b): return base64.urlsafe_b64encode(b).rstrip(b'=')
def dump(v): return json.dumps(v, separators=(',', ':'), ensure_ascii=False).encode()
text = b64(dump({'typ': 'JWT', 'alg': 'HS256'})) + b'.' + b64(dump(json.loads(sys.argv[1])))
key = sys.argv[2].encode()
print((text + b'.' + b64(hmac.new(key, text, hashlib.sha256).digest())).decode(), end='')
)"},
    {"ZipReads", "zip -v", R"(
create_dir("in/empty")
write_file("in/a.txt", repeat("text ", 5000))
write_file("in/grün.txt", "☃")
write_file("in/nothing", "")
execute("cd in && zip -q -r ../z.zip . && zip -q -0 -r ../stored.zip .")
unzip("z.zip", "out")
unzip("stored.zip", "raw")
print(execute("diff -r in out && diff -r in raw") == ""))"},
    {"ZipIsRead", "unzip -v", R"(
create_dir("in/empty")
write_file("in/a.txt", repeat("text ", 5000))
write_file("in/grün.txt", "☃")
write_file("in/nothing", "")
z := zip_create("z.zip")
zip_add_dir(z, "in")
zip_close(z)
execute("unzip -q -t z.zip")
print(execute("unzip -q z.zip -d out && diff -r in out") == ""))"},
    {"ZipOfPython", "python3 -c 'import zipfile, zlib'", R"(
create_dir("in/sub")
write_file("in/a.txt", repeat("text ", 5000))
write_file("in/sub/grün.txt", "☃")
z := zip_create("ours.zip")
zip_add_dir(z, "in")
zip_close(z)
execute("PYTHONUTF8=1 python3 helper.py")
unzip("theirs.zip", "back")
print(execute("diff -r in out && diff -r in back") == ""))",
     R"(import os, sys, zipfile
ours = zipfile.ZipFile('ours.zip')
assert ours.testzip() is None
ours.extractall('out')
with zipfile.ZipFile('theirs.zip', 'w', zipfile.ZIP_DEFLATED) as theirs:
  for name in ['a.txt', 'sub/grün.txt']: theirs.write('in/' + name, name)
)"},
    {"ImagesOfPillow", "python3 -c 'import PIL.Image'", R"(
write_file("a.ppm", "P3 3 2 255 255 0 0 0 255 0 0 0 255 9 9 9 8 8 8 7 7 7")
for e in ["png", "gif", "bmp", "tga", "tiff", "webp"] { load_image("a.ppm").save("a." + e) }
execute("python3 helper.py")
same := true
load_image("a.ppm").save("want.ppm")
for e in ["png", "gif", "bmp", "tga", "tiff", "webp"] {
  load_image("b." + e).save("b.ppm")
  same := same && read_binary_file("b.ppm") == read_binary_file("want.ppm")
}
print(same))",
     R"(from PIL import Image
want = list(Image.open('a.ppm').getdata())
for e in ['png', 'gif', 'bmp', 'tga', 'tiff', 'webp']:
  image = Image.open('a.' + e).convert('RGB')
  assert list(image.getdata()) == want, e
  image.save('b.' + e, **({'lossless': True} if e == 'webp' else {}))
)"},
};

class InteropTest : public testing::TestWithParam<Case> {};

TEST_P(InteropTest, Agrees) {
  const TempDir place;
  ASSERT_EQ(chdir(place.path().c_str()), 0);
  // The command goes through a file: it may hold any quotes.
  ASSERT_TRUE(WriteFileText("probe", GetParam().needs));
  ASSERT_TRUE(WriteFileText("helper.py", GetParam().helper));
  const bool is_there = RunHostProgram("print(execute_status(\"sh probe\").success)") == "true\n";
  if (is_there) EXPECT_EQ(RunHostProgram(GetParam().program), "true\n");
  ASSERT_EQ(chdir("/"), 0);
  if (!is_there) GTEST_SKIP() << GetParam().needs << ": fails here";
}

INSTANTIATE_TEST_SUITE_P(All, InteropTest, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace ruff
