#include "shipper_story.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace logpipe;
using namespace logpipe::test;

namespace {

/// A shipper under random parcels, acknowledgements and failures, beside a model that knows of each
/// source which lines were handed over and which of them are done with.
class random_story {
public:
  explicit random_story(unsigned seed)
      : m_random(seed), m_story(options(seed)), m_keyed(seed % 3 == 0) {}

  void step() {
    switch (pick(8)) {
      case 0:
      case 1:
      case 2:
        ship();
        break;
      case 3:
      case 4:
        m_story.sender->acknowledge_if([this](const auto&) { return pick(2) == 0; });
        break;
      case 5:
        fail_some();
        break;
      case 6:
        m_story.pass(milliseconds(pick(3000)));
        break;
      default:
        if (pick(20) == 0) m_story.sender->notices.push_back({kafka::notice::kind::fatal, 0, "x"});
        m_story.serve();
    }
    check_positions();
  }
  /// No more trouble: all is delivered.
  void settle() {
    for (int i = 0; i < 200 && m_story.shipper.unfinished() > 0; ++i) {
      m_story.sender->answer_batches(
          [](const auto& sent) { return is_bad(sent.line) ? invalid_record : 0; });
      m_story.pass(milliseconds(1000));
    }
    REQUIRE(m_story.shipper.unfinished() == 0);
    CHECK(m_story.shipper.memory_taken() == 0);
    check_positions();
    for (const auto& [source, end] : m_ends) {
      CHECK(m_story.shipper.acknowledged().position(source).offset == end);
      CHECK(m_story.may_read(source));
    }
    check_what_arrived();
  }

private:
  static ship::shipper::options options(unsigned seed) {
    ship::shipper::options options;
    options.memory = 20'000;
    options.routing.how = seed % 3 == 0 ? ship::routing::kind::key : ship::routing::kind::file;
    options.rejected = [](std::span<const ship::rejected_record>) { return true; };
    return options;
  }
  static bool is_bad(std::string_view line) { return line.find("bad") != std::string_view::npos; }

  unsigned pick(unsigned below) {
    return std::uniform_int_distribution<unsigned>(0, below - 1)(m_random);
  }

  void ship() {
    const follow::source_id source = pick(4);
    if (!m_story.shipper.has_room() || !m_story.may_read(source)) return;
    std::vector<std::string> lines;
    std::vector<std::string> keys;
    for (unsigned left = pick(6); left > 0; --left) {
      lines.push_back(std::to_string(source) + (pick(15) == 0 ? " bad " : " ") +
                      std::to_string(m_next++));
      keys.push_back(std::to_string(pick(5)));
      m_ends[source] += lines.back().size() + 1;
      m_sent[source].push_back(lines.back());
    }
    if (m_keyed) {
      m_story.ship_keyed(source, lines, keys);
    } else {
      m_story.ship(source, lines);
    }
  }
  /// A batch with a bad record fails as a whole, and now and then a partition does.
  void fail_some() {
    const auto partition = static_cast<std::int32_t>(pick(4));
    const bool blame = pick(2) == 0;
    bool any_bad = false;
    for (const auto& sent : m_story.sender->in_air) {
      any_bad = any_bad || (sent.to.partition == partition && is_bad(sent.line));
    }
    if (blame && !any_bad) return;
    m_story.sender->answer([&](const auto& sent) -> kafka::error_code {
      if (sent.to.partition != partition) return 0;
      return blame ? invalid_record : unknown_topic;
    });
  }
  /// A position is never past a line that is not done with.
  void check_positions() {
    const auto& written = m_story.sender->written;
    m_written.insert(written.begin(), written.end());
    for (const auto& event : m_story.told<ship::passed_over>()) {
      m_passed_over.insert({event.source, event.offset});
    }
    for (const auto& [source, lines] : m_sent) {
      std::uint64_t begin = 0;
      const auto position = m_story.shipper.acknowledged().position(source).offset;
      for (const auto& line : lines) {
        if (begin >= position) break;
        const bool done = m_written.count(line) > 0 || m_passed_over.count({source, begin}) > 0;
        if (!done) FAIL(line << " is not done with, position " << position);
        begin += line.size() + 1;
      }
    }
  }
  void check_what_arrived() {
    for (const auto& [source, lines] : m_sent) {
      for (const auto& line : lines) {
        if (!is_bad(line)) CHECK(m_written.count(line) == 1);
      }
    }
    CHECK(m_story.shipper.counted().delivered == m_written.size());
    CHECK(m_story.shipper.counted().passed_over == m_passed_over.size());
  }

  std::mt19937 m_random;
  shipper_story m_story;
  bool m_keyed;
  unsigned m_next = 0;
  std::map<follow::source_id, std::uint64_t> m_ends;
  std::map<follow::source_id, std::vector<std::string>> m_sent;
  std::set<std::string> m_written;
  std::set<std::pair<follow::source_id, std::uint64_t>> m_passed_over;
};

}  // namespace

TEST_CASE("whatever is acknowledged, fails or is refused, in any order, no line is lost") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    random_story story(seed);
    for (int i = 0; i < 150; ++i) {
      story.step();
    }
    story.settle();
  }
}
