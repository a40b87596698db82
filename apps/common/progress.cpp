#include "progress.hpp"

#include "terminal.hpp"

#include <logpipe/base/output.hpp>
#include <logpipe/base/parse.hpp>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <system_error>

namespace logpipe::app {
namespace {

constexpr milliseconds between_drawings{200};
constexpr std::chrono::seconds rate_over{10};
/// A rate of less time than this says nothing.
constexpr milliseconds least_for_rate{500};

std::optional<double> share_of(const progress& how_far) {
  if (!how_far.total_bytes) return how_far.share;
  if (*how_far.total_bytes == 0) return 1.0;
  // A file that grows meanwhile is read beyond what it was.
  return std::min(1.0,
                  static_cast<double>(how_far.bytes) / static_cast<double>(*how_far.total_bytes));
}

void draw(int terminal, const std::string& text) {
  try {
    write_all(terminal, text, "stderr");
  } catch (const std::system_error&) {
    // There is nobody left to look at it.
  }
}

}  // namespace

std::string progress_text::at(const progress& how_far, time_point now) {
  const auto share = share_of(how_far);
  m_samples.push_back({now, how_far.bytes, share.value_or(0)});
  while (m_samples.size() > 2 && now - m_samples[1].when >= rate_over)
    m_samples.pop_front();

  std::string text = format_size(how_far.bytes);
  if (how_far.total_bytes) text += " of " + format_size(*how_far.total_bytes);
  if (share) text += fmt::format(" ({} %)", static_cast<int>(*share * 100));
  text += fmt::format(", {} {}", how_far.items, how_far.noun);

  const sample& since = m_samples.front();
  if (now - since.when < least_for_rate) return text;
  const double seconds = std::chrono::duration<double>(now - since.when).count();
  const double rate = static_cast<double>(how_far.bytes - since.bytes) / seconds;
  text += fmt::format(", {}/s", format_size(static_cast<std::uint64_t>(rate)));
  if (share && *share > since.share && *share < 1) {
    const double left = (1 - *share) * seconds / (*share - since.share);
    constexpr double a_long_time = 1e6;
    if (left < a_long_time) {
      text += ", " + format_duration(std::chrono::seconds(static_cast<int>(left) + 1)) + " left";
    }
  }
  return text;
}

progress_line::progress_line(std::string tool, int terminal, messages& out)
    : m_tool(std::move(tool)), m_terminal(terminal), m_out(out) {
  m_out.before_writing([this] { erase(); });
}

progress_line::~progress_line() {
  m_out.before_writing({});
  erase();
}

void progress_line::show(const progress& how_far, time_point now) {
  if (now < m_next) return;
  m_next = now + between_drawings;
  std::string line = m_tool + ": " + m_text.at(how_far, now);
  // In the last column a terminal would begin another line.
  line.resize(std::min(line.size(), columns_of(m_terminal) - 1));
  const std::size_t size = line.size();
  if (m_drawn > size) line.resize(m_drawn, ' ');
  m_drawn = size;
  draw(m_terminal, '\r' + line);
}

void progress_line::erase() {
  if (m_drawn == 0) return;
  draw(m_terminal, '\r' + std::string(m_drawn, ' ') + '\r');
  m_drawn = 0;
}

bool wants_progress(when choice) {
  if (choice != when::automatic) return choice == when::always;
  if (::isatty(STDERR_FILENO) == 0) return false;
  if (::isatty(STDOUT_FILENO) == 0) return true;
  struct stat error {};
  struct stat output {};
  const bool known = ::fstat(STDERR_FILENO, &error) == 0 && ::fstat(STDOUT_FILENO, &output) == 0;
  return known && error.st_rdev != output.st_rdev;
}

}  // namespace logpipe::app
