#include "follow_fixture.hpp"

#include <logpipe/base/output.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <iterator>
#include <utility>

namespace logpipe::follow::testing {

namespace fs = std::filesystem;

namespace {

fd open_to_write(const std::string& path, int how) {
  fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | how, 0644));
  if (!file) throw_errno(path);
  return file;
}

}  // namespace

writer::writer(const std::string& path) : m_file(open_to_write(path, O_APPEND)) {}

void writer::write(std::string_view text) {
  write_all(m_file.get(), text, "log");
}

follow_fixture::follow_fixture() {
  std::string pattern = fs::temp_directory_path() / "follow-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) throw_errno(pattern);
  m_directory = pattern;
  options.start.where = start_at::kind::beginning;
}

follow_fixture::~follow_fixture() {
  m_follower.reset();
  std::error_code ignored;
  fs::remove_all(m_directory, ignored);
}

void follow_fixture::append(const std::string& name, std::string_view text) {
  writer(path(name)).write(text);
}

void follow_fixture::rename(const std::string& from, const std::string& to) {
  fs::rename(path(from), path(to));
}

void follow_fixture::remove(const std::string& name) {
  REQUIRE(fs::remove(path(name)));
}

void follow_fixture::truncate(const std::string& name, std::uintmax_t size) {
  fs::resize_file(path(name), size);
}

void follow_fixture::rewrite(const std::string& name, std::string_view text) {
  const fd file = open_to_write(path(name), O_TRUNC);
  write_all(file.get(), text, name);
}

void follow_fixture::copy(const std::string& from, const std::string& to) {
  fs::copy_file(path(from), path(to));
}

void follow_fixture::link(const std::string& target, const std::string& name) {
  fs::create_symlink(target, path(name));
}

void follow_fixture::relink(const std::string& target, const std::string& name) {
  link(target, name + ".new");
  rename(name + ".new", name);
}

void follow_fixture::make_directory(const std::string& name) {
  REQUIRE(fs::create_directories(path(name)));
}

void follow_fixture::remove_directory(const std::string& name) {
  fs::remove_all(path(name));
}

follower& follow_fixture::subject() {
  if (!m_follower) {
    const auto tell = [this](const event& told) {
      m_events.push_back(told);
      if (options.remembers) m_notes.note(told);
    };
    m_follower.emplace(options, tell, m_notes.kept());
  }
  return *m_follower;
}

void follow_fixture::restart() {
  m_follower.reset();
  m_events.clear();
  m_lines.clear();
  m_ends.clear();
  m_begun.clear();
}

void follow_fixture::end(bool orderly) {
  if (orderly) m_notes.look_up(subject());
  m_follower.reset();
  m_notes.close();
  m_events.clear();
  m_ends.clear();
  m_begun.clear();
}

void follow_fixture::follow(const std::string& name) {
  subject().add(path(name), m_now);
  drain();
}

void follow_fixture::follow_all(const std::string& pattern, file_pattern::kind what) {
  subject().add_pattern({path(pattern), what}, m_now);
  drain();
}

void follow_fixture::step(milliseconds time) {
  const time_point until = m_now + time;
  look_if_woken();
  while (true) {
    const auto next = subject().next_look(m_now);
    if (!next || *next > until) break;
    m_now = std::max(m_now, *next);
    subject().look(m_now);
    drain();
    look_if_woken();
  }
  m_now = until;
}

void follow_fixture::look_if_woken() {
  pollfd wake{.fd = subject().wake_fd(), .events = POLLIN, .revents = 0};
  while (::poll(&wake, 1, 0) > 0) {
    subject().look(m_now);
    drain();
  }
}

void follow_fixture::only_look(milliseconds time) {
  m_now += time;
  subject().look(m_now);
}

void follow_fixture::drain() {
  while (read_one()) {
  }
}

bool follow_fixture::read_one() {
  if (!subject().read(m_read, m_now)) return false;
  if (!m_read.lines.empty()) take(m_read);
  return true;
}

void follow_fixture::take(const chunk& chunk) {
  if (options.remembers) m_notes.took(chunk);
  // What holds for every chunk, whatever the test is about.
  REQUIRE_FALSE(chunk.lines.empty());
  REQUIRE(chunk.begin < chunk.end);
  const auto last = m_ends.find(chunk.generation);
  if (last != m_ends.end()) REQUIRE(chunk.begin >= last->second);
  m_ends[chunk.generation] = chunk.end;
  for (const extent& part : chunk.also) {
    REQUIRE(part.begin >= m_ends[part.generation]);
    m_ends[part.generation] = part.end;
  }

  const std::string name =
      fs::path(subject().path_of(chunk.source)).lexically_relative(m_directory);
  for (const auto line : chunk.lines) {
    REQUIRE(line.data() != nullptr);
    REQUIRE(chunk.offset_of(line) >= chunk.begin);
    REQUIRE((!chunk.also.empty() || chunk.offset_of(line) + line.size() <= chunk.end));
    REQUIRE(line.size() <= options.max_line);
    m_begun[chunk.generation] += line;
    if (!chunk.partial) m_lines[name].push_back(std::exchange(m_begun[chunk.generation], {}));
  }
  if (chunk.partial) {
    ++m_pieces;
    REQUIRE(chunk.lines.size() == 1);
    REQUIRE(chunk.lines[0].size() == options.max_line);
  }
}

lines follow_fixture::took(const std::string& name) {
  return std::exchange(m_lines[name], {});
}

lines follow_fixture::took_all() {
  lines all;
  for (auto& [name, taken] : m_lines) {
    std::move(taken.begin(), taken.end(), std::back_inserter(all));
    taken.clear();
  }
  return all;
}

std::size_t open_descriptors() {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
}

}  // namespace logpipe::follow::testing
