#include "ruff/network/http_server/router.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace ruff {
namespace {

// "2 name=value", "none".
std::string Found(const Router& router, std::string_view method, std::string_view path) {
  const auto match = router.Find(method, path);
  if (!match) return "none";
  std::string text = absl::StrCat(match->route);
  for (const auto& [name, value] : match->parameters) {
    absl::StrAppend(&text, " ", name, "=", value);
  }
  return text;
}

TEST(RouterTest, AnExactPathComesFirst) {
  Router router;
  router.Add("GET", "/:any");
  router.Add("GET", "/exact");
  router.Add("GET", "/exact");
  EXPECT_EQ(Found(router, "GET", "/exact"), "1");
  EXPECT_EQ(Found(router, "GET", "/other"), "0 any=other");
  EXPECT_EQ(Found(router, "GET", "/Exact"), "0 any=Exact");
  EXPECT_EQ(Found(router, "GET", "/"), "0 any=");
  EXPECT_EQ(Found(router, "GET", "//exact"), "none");
  EXPECT_EQ(Found(router, "POST", "/exact"), "none");
  EXPECT_EQ(Found(router, "GET", "/:any"), "0");
}

TEST(RouterTest, Patterns) {
  Router router;
  router.Add("GET", "/a/:x/b/:x");
  router.Add("GET", "/file/:name.txt");
  router.Add("GET", "/:first/x");
  router.Add("GET", "/:second/x");
  router.Add("GET", "/a:b/c");
  EXPECT_EQ(Found(router, "GET", "/a/1/b/2"), "0 x=1 x=2");
  EXPECT_EQ(Found(router, "GET", "/a/1/c/2"), "none");
  EXPECT_EQ(Found(router, "GET", "/file/readme"), "1 name.txt=readme");
  EXPECT_EQ(Found(router, "GET", "/q/x"), "2 first=q");
  EXPECT_EQ(Found(router, "GET", "/a:b/c"), "4");
  EXPECT_EQ(Found(router, "GET", "/ab/c"), "none");
  EXPECT_EQ(Found(router, "GET", ""), "none");
}

TEST(RouterTest, MethodsAndPathsDoNotMix) {
  Router router;
  router.Add("GET", "1/x");
  EXPECT_EQ(Found(router, "GET1", "/x"), "none");
}

}  // namespace
}  // namespace ruff
