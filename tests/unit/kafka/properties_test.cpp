#include <logpipe/kafka/internal/properties.hpp>

#include <catch2/catch.hpp>

using namespace logpipe::kafka;

TEST_CASE("the names are librdkafka's, of clients and of topics, aliases too") {
  const auto& names = known_properties();
  CHECK(names.count("fetch.min.bytes") == 1);
  CHECK(names.count("request.required.acks") == 1);
  CHECK(names.count("bootstrap.servers") == 1);
  CHECK(names.count("Property") == 0);
  CHECK(names.size() > 100);
}

TEST_CASE("aliases are one property") {
  CHECK(canonical_property("bootstrap.servers") == canonical_property("metadata.broker.list"));
  CHECK(canonical_property("acks") == canonical_property("request.required.acks"));
  CHECK(canonical_property("linger.ms") == canonical_property("queue.buffering.max.ms"));
  CHECK(canonical_property("delivery.timeout.ms") == canonical_property("message.timeout.ms"));
  CHECK(canonical_property("no.such.name") == "no.such.name");
}

TEST_CASE("what is ours is ours under each of its names") {
  for (const char* name :
       {"transactional.id", "group.id", "isolation.level", "enable.auto.commit",
        "auto.commit.enable", "enable.auto.offset.store", "auto.offset.reset", "message.timeout.ms",
        "delivery.timeout.ms", "enable.partition.eof", "delivery.report.only.error", "log.queue",
        "allow.auto.create.topics", "enable.idempotence"}) {
    CAPTURE(name);
    REQUIRE(known_properties().count(name) == 1);
    CHECK(owner_of(canonical_property(name)));
  }
  CHECK_FALSE(owner_of("fetch.min.bytes"));
}
