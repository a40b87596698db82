#include <logpipe/kafka/connection.hpp>

#include <catch2/catch.hpp>
#include <librdkafka/rdkafka.h>

using namespace logpipe;
using namespace logpipe::kafka;
using news = connection_state::news;
using std::chrono::seconds;

namespace {

/// A connection watched on a clock of its own.
class watched {
public:
  void lose(const std::string& why = "connection refused") {
    m_state.heard({notice::kind::unreachable, RD_KAFKA_RESP_ERR__TRANSPORT, why}, m_now);
  }
  void lose_all() {
    m_state.heard(
        {notice::kind::unreachable, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, "1/1 brokers are down"},
        m_now);
  }
  void refuse() {
    m_state.heard({notice::kind::denied, RD_KAFKA_RESP_ERR__AUTHENTICATION, "bad password"}, m_now);
  }
  void log() { m_state.heard({notice::kind::log, 0, "FAIL: broker down"}, m_now); }
  void answer() { m_state.succeeded(); }
  void pass(milliseconds time) { m_now += time; }
  news hear() { return m_state.take_news(m_now); }
  const connection_state& state() const { return m_state; }

private:
  connection_state m_state{seconds(2)};
  time_point m_now = time_point(seconds(1000));
};

}  // namespace

TEST_CASE("an outage is told once, when it has lasted") {
  watched broker;
  broker.lose();
  broker.pass(milliseconds(1999));
  CHECK(broker.hear() == news::none);
  broker.pass(milliseconds(1));
  CHECK(broker.hear() == news::outage_began);
  broker.pass(seconds(60));
  broker.lose();
  CHECK(broker.hear() == news::none);
}

TEST_CASE("the end of an outage is told once, and only if its beginning was") {
  watched broker;
  broker.lose();
  broker.pass(seconds(1));
  broker.answer();
  CHECK(broker.hear() == news::none);
  broker.pass(seconds(5));
  CHECK(broker.hear() == news::none);

  broker.lose();
  broker.pass(seconds(2));
  CHECK(broker.hear() == news::outage_began);
  broker.answer();
  CHECK(broker.hear() == news::outage_ended);
  CHECK(broker.hear() == news::none);
}

TEST_CASE("an outage counts from its first notice") {
  watched broker;
  const auto never = broker.state().down_since();
  CHECK_FALSE(never);
  broker.lose();
  const auto since = broker.state().down_since();
  broker.pass(milliseconds(1500));
  broker.lose();
  CHECK(broker.state().down_since() == since);
  broker.answer();
  CHECK_FALSE(broker.state().down_since());
}

TEST_CASE("the reason is the latest that says something") {
  watched broker;
  broker.lose("connection refused");
  broker.lose_all();
  CHECK(broker.state().reason() == "connection refused");
  broker.lose("no route to host");
  CHECK(broker.state().reason() == "no route to host");
}

TEST_CASE("an idle connection that a broker closes is no outage") {
  watched broker;
  broker.answer();
  broker.lose_all();
  broker.pass(seconds(60));
  CHECK(broker.hear() == news::none);
  CHECK_FALSE(broker.state().down_since());
}

TEST_CASE("a broker that says no is waited for like one that is away") {
  watched broker;
  broker.refuse();
  broker.pass(seconds(2));
  CHECK(broker.hear() == news::outage_began);
  CHECK(broker.state().reason() == "bad password");
}

TEST_CASE("an outage is due to be told once, when it has stood for 2 s") {
  watched broker;
  CHECK_FALSE(broker.state().news_due());
  broker.lose();
  CHECK(broker.state().news_due() == *broker.state().down_since() + seconds(2));
  broker.pass(seconds(2));
  broker.hear();
  CHECK_FALSE(broker.state().news_due());
}

TEST_CASE("a line of the log is no outage") {
  watched broker;
  broker.log();
  broker.pass(seconds(10));
  CHECK(broker.hear() == news::none);
}

TEST_CASE("the first success is remembered") {
  watched broker;
  CHECK_FALSE(broker.state().ever_succeeded());
  broker.answer();
  broker.lose();
  CHECK(broker.state().ever_succeeded());
}
