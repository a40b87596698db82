#include <logpipe/format/record_form.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logpipe;
using format::json_format;
using format::record_form;
using format::record_format;

namespace {

std::vector<record> run_of(std::size_t count) {
  std::vector<record> run(count);
  for (std::size_t i = 0; i < count; ++i) {
    run[i].topic = "test";
    run[i].offset = static_cast<std::int64_t>(i);
    run[i].value = "value";
  }
  return run;
}

std::string one_by_one(record_form form, const std::vector<record>& records) {
  output_buffer out(1);
  for (const record& each : records)
    form.append(out, each);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("a run prints what its records print one by one") {
  const auto run = run_of(100);
  for (record_form form :
       {record_form(), record_form(record_format::compile("%s\\n")), record_form(json_format())}) {
    output_buffer out(1);
    CHECK(form.append(out, run, 1'000'000) == 100);
    CHECK(out.view() == one_by_one(form, run));
  }
}

TEST_CASE("a run stops where the buffer has enough") {
  const auto run = run_of(10);
  record_form form(record_format::compile("%s\\n"));  // 6 bytes each
  output_buffer out(1);
  CHECK(form.append(out, run, 13) == 3);
  CHECK(out.size() == 18);
  CHECK(form.append(out, run, 18) == 0);
  CHECK(form.append(out, std::span(run).first(0), 100) == 0);
}

TEST_CASE("a form says what it needs") {
  CHECK_FALSE(record_form().needs_headers());
  CHECK_FALSE(record_form().needs_brokers());
  CHECK(record_form(record_format::compile("%h")).needs_headers());
  CHECK(record_form(json_format()).needs_headers());
  CHECK_FALSE(record_form(json_format()).needs_brokers());
  CHECK(record_form(json_format({.names = format::json_names::kcat})).needs_brokers());
}

TEST_CASE("a form that prints the same for every record") {
  CHECK(record_form(record_format::compile("text\\n")).is_constant());
  CHECK_FALSE(record_form().is_constant());
  CHECK_FALSE(record_form(json_format()).is_constant());
}
