// Random operations on a log and random steps of the reader, against a model of what has to come
// out. FOLLOW_SEED=N repeats the sequence that a failure names, FOLLOW_SEED=random begins anywhere;
// FOLLOW_SEQUENCES=N sets how many are run.
#include "follow_fixture.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

using namespace std::chrono_literals;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

namespace {

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

constexpr std::uint64_t default_seed = 1;
constexpr std::uint64_t default_sequences = 1000;

/// A log that is written to and rotated at random, and the lines that its reader has to give.
class random_story {
public:
  explicit random_story(std::uint64_t seed) : m_random(seed) {
    auto& options = m_files.options;
    options.block_size = pick(2) == 0 ? 64 : 4096;
    options.max_line = pick(2) == 0 ? 5000 : 1 + pick(200);
    if (pick(4) == 0) options.delimiter = m_line_end = "<-->";
    if (pick(2) == 0) options.poll = std::chrono::milliseconds(250);
    note(options.poll ? "poll" : "inotify");
    if (pick(2) == 0) m_files.follow("log");
    create();
    if (is_followed()) {
      m_files.step();
    } else {
      m_files.follow("log");
    }
  }

  void run(int operations) {
    for (int i = 0; i < operations; ++i) {
      switch (pick(12)) {
        case 0:
          rotate();
          break;
        case 1:
          remove_and_create();
          break;
        case 2:
          cut();
          break;
        case 3:
          append_half();
          break;
        case 4:
        case 5:
        case 6:
        case 7:
          append_lines();
          break;
        case 8:
          reopen();
          break;
        default:
          step(1500);
          break;
      }
    }
    m_files.step(1min);
  }

  const std::string& story() const { return m_story; }
  const lines& expected() const { return m_expected; }
  lines took() { return m_files.took(); }

private:
  std::size_t pick(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(m_random);
  }
  void note(const std::string& what) { m_story += what + "; "; }
  bool is_followed() { return !m_files.told<waiting>().empty(); }

  std::string word() {
    const std::size_t size = pick(8) == 0 ? pick(1500) : pick(30);
    return std::to_string(++m_counter) + std::string(size, static_cast<char>('a' + pick(26)));
  }

  void step(std::size_t most) {
    const auto time = std::chrono::milliseconds(pick(most));
    note(std::to_string(time.count()) + " ms");
    m_files.step(time);
  }

  void create() {
    note("create");
    m_writer.emplace(m_files.path("log"));
  }

  void append_lines() {
    note("append " + std::to_string(m_counter + 1));
    for (std::size_t i = pick(20) + 1; i != 0; --i) {
      finish_line(word());
    }
  }

  void append_half() {
    if (m_half.size() > 500) return finish_line("");
    note("half");
    const std::string text = word();
    m_writer->write(text);
    m_half += text;
  }

  void finish_line(const std::string& text) {
    m_writer->write(text + m_line_end);
    m_expected.push_back(std::exchange(m_half, {}) + text);
  }

  /// The writer closes its file and opens what stands at the path.
  void reopen() {
    note("reopen");
    m_writer.emplace(m_files.path("log"));
  }

  void leave_old() {
    if (!m_half.empty()) m_expected.push_back(std::exchange(m_half, {}));
    m_writer.reset();
    if (pick(2) == 0) step(8000);
    create();
  }

  void rotate() {
    const bool writes_on = pick(2) == 0;
    note(writes_on ? "rotate, write on" : "rotate");
    m_files.rename("log", "log." + std::to_string(++m_rotations));
    if (writes_on) {
      step(900);
      append_lines();
    }
    leave_old();
  }

  /// A deleted file can only be read by who has it open already.
  void remove_and_create() {
    note("look, delete");
    m_files.step();
    m_files.remove("log");
    leave_old();
  }

  /// Cut when all has been read: what is read before a cut is the reader's luck.
  void cut() {
    note("read, cut");
    m_files.step(30s);
    m_files.truncate("log");
    m_half.clear();
    if (pick(2) == 0) m_files.step();
  }

  std::mt19937_64 m_random;
  follow_fixture m_files;
  std::optional<writer> m_writer;
  std::string m_line_end = "\n";
  std::string m_half;
  std::string m_story;
  lines m_expected;
  std::size_t m_counter = 0;
  std::size_t m_rotations = 20261122;
};

}  // namespace

TEST_CASE("whatever happens to a log, its lines come once and in order") {
  const char* chosen = std::getenv("FOLLOW_SEED");
  const bool anywhere = chosen != nullptr && std::string_view(chosen) == "random";
  const bool repeated = chosen != nullptr && !anywhere;
  const std::uint64_t first = anywhere ? std::random_device()() : number_from("FOLLOW_SEED", 1);
  const std::uint64_t sequences = number_from("FOLLOW_SEQUENCES", repeated ? 1 : 1000);
  for (std::uint64_t seed = first; seed != first + sequences; ++seed) {
    random_story story(seed);
    story.run(60);
    INFO("FOLLOW_SEED=" << seed << ": " << story.story());
    const lines took = story.took();
    const auto differ =
        std::mismatch(took.begin(), took.end(), story.expected().begin(), story.expected().end());
    const auto shown = [](auto at, auto end) { return at == end ? "(end)" : at->substr(0, 20); };
    INFO("line " << differ.first - took.begin() << ": took " << shown(differ.first, took.end())
                 << ", expected " << shown(differ.second, story.expected().end()));
    REQUIRE((took == story.expected()));
  }
}
