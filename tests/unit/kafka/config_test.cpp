#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/error.hpp>

#include <catch2/catch.hpp>

#include <fstream>
#include <support/temp_directory.hpp>
#include <system_error>

using namespace logpipe::kafka;
using logpipe::test::temp_directory;

namespace {

/// The text of the config_error that a property is answered with.
std::string refusal_of(std::string_view name, std::string_view value,
                       std::string_view origin = "-X") {
  config settings;
  try {
    settings.set(name, value, origin);
  } catch (const config_error& error) {
    return error.what();
  }
  return "taken";
}

/// A configuration read from a file of this content.
class written_file {
public:
  explicit written_file(const std::string& content) { std::ofstream(path()) << content; }
  std::string path() const { return m_directory / "kafka.conf"; }
  config read() const {
    config settings;
    settings.read_file(path());
    return settings;
  }

private:
  temp_directory m_directory;
};

}  // namespace

TEST_CASE("a property is kept as it was set, under any of its names") {
  config settings;
  settings.set("metadata.broker.list", "one:9092", "-b");
  CHECK(settings.get("bootstrap.servers") == "one:9092");
  CHECK(settings.brokers() == "one:9092");
  settings.set("bootstrap.servers", "two:9092", "-b");
  CHECK(settings.get("metadata.broker.list") == "two:9092");
  CHECK(settings.all().size() == 1);
  CHECK_FALSE(settings.get("acks"));
}

TEST_CASE("a default gives way to what the user says, force does not") {
  config settings;
  settings.set("linger.ms", "20", "-X");
  settings.set_default("queue.buffering.max.ms", "1");
  settings.set_default("acks", "all");
  CHECK(settings.get("linger.ms") == "20");
  CHECK(settings.get("acks") == "all");
  settings.force("linger.ms", "0");
  CHECK(settings.get("linger.ms") == "0");
}

TEST_CASE("an unknown property is answered with the nearest") {
  CHECK(refusal_of("fetch.mim.bytes", "1") ==
        "no such librdkafka property \"fetch.mim.bytes\" (-X); did you mean \"fetch.min.bytes\"?");
  CHECK(refusal_of("bootstrap.server", "x") ==
        "no such librdkafka property \"bootstrap.server\" (-X); did you mean "
        "\"bootstrap.servers\"?");
  CHECK(refusal_of("zzz", "1") == "no such librdkafka property \"zzz\" (-X)");
}

TEST_CASE("a value that librdkafka refuses is refused when it is set") {
  CHECK_THAT(refusal_of("fetch.min.bytes", "many"),
             Catch::Contains("fetch.min.bytes") && Catch::Contains("(-X)"));
  CHECK_THAT(refusal_of("compression.codec", "brotli"), Catch::Contains("compression.codec"));
}

TEST_CASE("what is ours cannot be set, and the answer says why") {
  CHECK(refusal_of("group.id", "mine") ==
        "\"group.id\" cannot be set (-X): a group is only joined where that is asked for");
  CHECK(
      refusal_of("delivery.timeout.ms", "5000") ==
      "\"delivery.timeout.ms\" cannot be set (-X): records are never given up because time passed");
}

TEST_CASE("what is ours is told by the one name that stands for its aliases") {
  try {
    config().set("delivery.timeout.ms", "5000", "-X");
    FAIL("it was taken");
  } catch (const owned_property& owned) {
    CHECK(owned.property() == "message.timeout.ms");
  }
}

TEST_CASE("acks may be fewer than all") {
  CHECK(refusal_of("acks", "1") == "taken");
}

TEST_CASE("secrets are known by their names") {
  for (const char* name :
       {"sasl.password", "ssl.key.password", "ssl.keystore.password", "SASL.PASSWORD", "some.key",
        "sasl.jaas.config", "ssl.key.pem", "ssl.certificate.pem", "sasl.oauthbearer.client.secret",
        "sasl.oauthbearer.config"}) {
    CAPTURE(name);
    CHECK(is_secret(name));
  }
  for (const char* name : {"sasl.username", "ssl.key.location", "fetch.min.bytes", "acks"}) {
    CAPTURE(name);
    CHECK_FALSE(is_secret(name));
  }
}

TEST_CASE("no message holds a secret") {
  CHECK_THAT(refusal_of("sasl.jaas.config", "password=hunter2"),
             !Catch::Contains("hunter2") && Catch::Contains("sasl.jaas.config"));
  const written_file file("sasl.password hunter2\n");
  CHECK_THROWS_WITH(file.read(), file.path() + ":1: expected key=value");
}

TEST_CASE("a file is read as kcat reads it") {
  const written_file file(
      "# the broker\n"
      "\n"
      "  bootstrap.servers = one:9092,two:9092 \r\n"
      "topic.acks=1\n"
      "sasl.password=a=b#c");
  const auto settings = file.read();
  CHECK(settings.brokers() == "one:9092,two:9092");
  CHECK(settings.get("acks") == "1");
  CHECK(settings.get("sasl.password") == "a=b#c");
  CHECK(settings.files() == std::vector{file.path()});
}

TEST_CASE("a mistake in a file is told with its line") {
  const written_file file("acks=all\nfetch.mim.bytes=1\n");
  CHECK_THROWS_WITH(file.read(), Catch::Contains("(" + file.path() + ":2)"));
}

TEST_CASE("a later file wins over an earlier one") {
  const written_file first("linger.ms=1\nacks=all\n");
  const written_file second("linger.ms=2\n");
  config settings;
  settings.read_file(first.path());
  settings.read_file(second.path());
  CHECK(settings.get("linger.ms") == "2");
  CHECK(settings.get("acks") == "all");
}

TEST_CASE("a file that cannot be read is a configuration error with its path") {
  config settings;
  CHECK_THROWS_AS(settings.read_file("/nonexistent/kafka.conf"), config_error);
  const temp_directory directory;
  CHECK_THROWS_AS(settings.read_file(directory.path()), std::system_error);
}
