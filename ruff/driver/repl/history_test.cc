#include "ruff/driver/repl/history.h"

#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(History, LastsFromSessionToSession) {
  const TempDir folder;
  const std::string path = folder.Join("history");
  {
    History history(path);
    EXPECT_THAT(history.lines(), IsEmpty());
    history.Add("a := 1");
    history.Add("a := 1");
    history.Add("");
    history.Add("größe := 2");
  }
  struct stat about = {};
  ASSERT_EQ(stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  History second(path);
  EXPECT_THAT(second.lines(), ElementsAre("a := 1", "größe := 2"));
  History third(path);
  second.Add("b");
  third.Add("c");
  EXPECT_THAT(History(path).lines(), ElementsAre("a := 1", "größe := 2", "b", "c"));
}

TEST(History, KeepsTheNewestLines) {
  const TempDir folder;
  const std::string path = folder.Join("history");
  std::ofstream file(path);
  for (int i = 0; i < 5000; ++i) file << "line " << i << "\n";
  file.close();
  const History history(path);
  ASSERT_EQ(history.lines().size(), History::kMaxLines);
  EXPECT_EQ(history.lines().back(), "line 4999");
  std::ifstream cut(path);
  const std::string text{std::istreambuf_iterator<char>(cut), {}};
  EXPECT_EQ(text.substr(0, 10), "line 4000\n");
}

TEST(History, SkipsWhatNobodyTyped) {
  const TempDir folder;
  const std::string path = folder.Join("history");
  std::ofstream(path) << "good\n\n\xff\xfe\n\x1b[2J\nalso\tgood";
  EXPECT_THAT(History(path).lines(), ElementsAre("good", "also\tgood"));
}

TEST(History, DoesWithoutAFile) {
  for (const std::string& path :
       {std::string(), std::string("/nowhere/at/all"), std::string("/")}) {
    History history(path);
    history.Add("x");
    EXPECT_THAT(history.lines(), ElementsAre("x"));
  }
}

}  // namespace
}  // namespace ruff
