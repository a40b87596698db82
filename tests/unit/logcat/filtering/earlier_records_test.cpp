#include "logcat/filtering/earlier_records.hpp"

#include "value_sink.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe;
using logcat::copies_memory;
using logcat::earlier_records;
using test::run_of;

namespace {

std::string text_of(const earlier_records& kept) {
  std::string text;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    text += (text.empty() ? "" : " ") + std::string(*kept[i].value);
  }
  return text;
}

}  // namespace

TEST_CASE("the last records are kept, oldest first") {
  copies_memory memory{.most = 1 << 20};
  earlier_records kept(3, memory);
  CHECK(kept.add(run_of("a b")));
  CHECK(text_of(kept) == "a b");
  CHECK(kept.add(run_of("c d")));
  CHECK(text_of(kept) == "b c d");
  CHECK(kept.add(run_of("e f g h i")));
  CHECK(text_of(kept) == "g h i");
  kept.clear();
  CHECK(kept.size() == 0);
  CHECK(memory.used == 0);
}

TEST_CASE("beyond the memory the oldest are let go") {
  copies_memory memory{.most = 5000};
  earlier_records kept(3, memory);
  CHECK(kept.add(run_of("a b")));
  CHECK_FALSE(kept.add(run_of(std::string(4800, 'x'))));
  CHECK(kept.size() == 1);
  CHECK(memory.used <= memory.most);
  CHECK_FALSE(kept.add(run_of(std::string(6000, 'y'))));
  CHECK(kept.size() == 0);
}

TEST_CASE("partitions share the memory") {
  copies_memory memory{.most = 5000};
  earlier_records first(3, memory);
  {
    earlier_records second(3, memory);
    CHECK(first.add(run_of(std::string(3000, 'x'))));
    CHECK_FALSE(second.add(run_of(std::string(3000, 'x'))));
    CHECK(first.size() == 1);
    CHECK(second.add(run_of("a")));
  }
  CHECK(first.add(run_of("b")));
  first.clear();
  CHECK(memory.used == 0);
}
