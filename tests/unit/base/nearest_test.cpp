#include <logpipe/base/nearest.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using logpipe::nearest;

TEST_CASE("the nearest word is found") {
  const std::vector<std::string> topics = {"orders", "test", "payments", "tests"};
  CHECK(nearest("tset", topics) == "test");
  CHECK(nearest("test", topics) == "test");
  CHECK(nearest("paymets", topics) == "payments");
  CHECK(nearest("oders", topics) == "orders");
  CHECK(nearest("ordersx", topics) == "orders");
}

TEST_CASE("the first of several that are as near is taken") {
  CHECK(nearest("cat", std::vector<std::string>{"bat", "hat"}) == "bat");
}

TEST_CASE("what is too far away is not proposed") {
  CHECK_FALSE(nearest("invoices", std::vector<std::string>{"test", "orders"}));
  CHECK_FALSE(nearest("abc", std::vector<std::string>{"xyc"}));
  CHECK_FALSE(nearest("test", std::vector<std::string>{}));
}
