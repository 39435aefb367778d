#include "ruff/database/connection_string.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(ConnectionStringTest, Postgres) {
  for (const char* text :
       {"", "host=h", "  host = h  port= 5432 ", "host='a b' password='it\\'s' user=a\\ b",
        "port=1,2", "postgres://u:p@h:1/db", "postgresql://h", "postgres://",
        "postgres://u:%20@[::1]:5/db?connect_timeout=3&sslmode=disable", "postgres://a:1,b:2/db"}) {
    EXPECT_TRUE(IsPostgresConnectionString(text)) << text;
  }
  for (const char* text :
       {"nonsense", "host", "host=", "host= ", "colour=red", "port=x", "port=99999",
        "password='open", "=x", "postgres://h:x/db", "postgres://u:%2@h", "postgres://h?colour=red",
        "postgres://h?sslmode", "mysql://h"}) {
    EXPECT_FALSE(IsPostgresConnectionString(text)) << text;
  }
}

TEST(ConnectionStringTest, Mysql) {
  for (const char* text : {"mysql://u:p@h:3306/db", "MySQL://h", "mysql://[::1]:1/db?x=y"}) {
    EXPECT_EQ(CheckMysqlConnectionString(text), "") << text;
  }
  EXPECT_EQ(CheckMysqlConnectionString("nonsense"), "relative URL without a base");
  EXPECT_EQ(CheckMysqlConnectionString("http://x/y"),
            "unsupported URL scheme 'http'; expected mysql");
  EXPECT_EQ(CheckMysqlConnectionString("mysql://h:99999"), "invalid port number");
  EXPECT_EQ(CheckMysqlConnectionString("mysql:///db"), "empty host");
  EXPECT_EQ(CheckMysqlConnectionString("mysql://u:%x@h"), "invalid percent-encoding");
}

}  // namespace
}  // namespace ruff
