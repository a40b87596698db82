#include <logpipe/format/text_template.hpp>

#include <catch2/catch.hpp>

#include <string>

using logpipe::format::template_error;
using logpipe::format::template_values;
using logpipe::format::text_template;
using logpipe::format::topic_template;

namespace {

const template_values values{.path = "/var/log/app.log",
                             .name = "app.log",
                             .host = "web1",
                             .generation = 0xbeef,
                             .offset = 812};

std::string expanded(std::string_view text) {
  return text_template(text).expand(values);
}

template <typename Template>
std::string refusal_of(std::string_view text) {
  try {
    const Template refused(text);
  } catch (const template_error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("names in braces become their values") {
  CHECK(expanded("").empty());
  CHECK(expanded("plain") == "plain");
  CHECK(expanded("{path}") == "/var/log/app.log");
  CHECK(expanded("{host}:{name}") == "web1:app.log");
  CHECK(expanded("<{generation}@{offset}>") == "<beef@812>");
  CHECK(expanded("{offset}{offset}") == "812812");
}

TEST_CASE("a doubled brace is a brace") {
  CHECK(expanded("{{host}}") == "{host}");
  CHECK(expanded(R"({{"host":"{host}"}})") == R"({"host":"web1"})");
  CHECK(expanded("{{{host}}}") == "{web1}");
  CHECK(expanded("{{") == "{");
}

TEST_CASE("what is no name is refused, with the names there are") {
  using Catch::Contains;
  CHECK_THAT(refusal_of<text_template>("a {pth}"),
             Contains("{pth} is none of {path}, {name}, {host}, {offset}, {generation}"));
  CHECK_THAT(refusal_of<text_template>("{}"), Contains("{} is none of"));
  CHECK_THAT(refusal_of<text_template>("{Host}"), Contains("is none of"));
  CHECK_THAT(refusal_of<text_template>("a{host"), Contains("the { at byte 1 has no partner"));
  CHECK_THAT(refusal_of<text_template>("host}"), Contains("the } at byte 4 has no partner"));
  CHECK_THAT(refusal_of<text_template>("host}"), Contains("write }}"));
}

TEST_CASE("a template knows how often its text changes") {
  using varies = text_template::varies;
  CHECK(text_template("plain").changes() == varies::never);
  CHECK(text_template("{host}").changes() == varies::never);
  CHECK(text_template("{host}{name}").changes() == varies::by_file);
  CHECK(text_template("{path}").changes() == varies::by_file);
  CHECK(text_template("{generation}").changes() == varies::by_file);
  CHECK(text_template("{path}:{offset}").changes() == varies::by_line);
}

TEST_CASE("the largest numbers are written whole") {
  template_values most = values;
  most.generation = most.offset = ~std::uint64_t{0};
  CHECK(text_template("{generation} {offset}").expand(most) ==
        "ffffffffffffffff 18446744073709551615");
}

TEST_CASE("a topic's name may hold the source's name and the host") {
  CHECK(topic_template("logs").topic_for("app.log", "web1") == "logs");
  CHECK_FALSE(topic_template("logs-{host}").varies_by_source());
  const topic_template topic("{host}.{name}");
  CHECK(topic.varies_by_source());
  CHECK(topic.topic_for("app.log", "web1") == "web1.app.log");
}

TEST_CASE("what a topic name cannot hold becomes an underscore") {
  const topic_template topic("{name}");
  CHECK(topic.topic_for("my app@2.log", "") == "my_app_2.log");
  CHECK(topic.topic_for("\xc3\xa9t\xc3\xa9", "") == "__t__");
  CHECK(topic.topic_for("..", "") == "__");
  CHECK(topic.topic_for(std::string(255, 'x'), "") == std::string(249, 'x'));
}

TEST_CASE("a topic template is refused for what a topic name cannot be") {
  using Catch::Contains;
  CHECK_THAT(refusal_of<topic_template>("t-{path}"), Contains("{name}, {host} and nothing else"));
  CHECK_THAT(refusal_of<topic_template>("t-{offset}"), Contains("{name}, {host} and nothing else"));
  CHECK_THAT(refusal_of<topic_template>("my topic"), Contains("is no topic name"));
  CHECK_THAT(refusal_of<topic_template>("{{name}}"), Contains("is no topic name"));
}
