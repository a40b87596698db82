#include "dry_run.hpp"

#include "common/wait.hpp"
#include "sources.hpp"
#include "state_file.hpp"
#include "wording.hpp"

#include <logpipe/base/output.hpp>
#include <logpipe/follow/names/real_path.hpp>
#include <logpipe/format/json_format.hpp>
#include <logpipe/ship/composer.hpp>

#include <unistd.h>

#include <filesystem>
#include <map>
#include <utility>

namespace logpipe::logtail {
namespace {

/// It goes on where a run would, and moves nothing.
std::vector<follow::kept_generation> kept_for(const plan& plan) {
  return plan.state ? look_into_state(plan).generations : std::vector<follow::kept_generation>();
}

/// What is read becomes records as it would for the brokers, and these become text.
class dry_runner {
public:
  dry_runner(const plan& plan, app::messages& out)
      : m_plan(plan),
        m_words(out),
        m_follower(
            plan.follow, [this](const follow::event& event) { tell(event); }, kept_for(plan)),
        m_composer(plan.composition, [this](const ship::invalid_line& line) {
          m_words.tell(line, m_follower.name_of(line.generation));
        }) {
    if (plan.state) leave_out_state(m_follower, *plan.state);
    add_sources(
        m_follower, plan,
        [this](auto source, std::string path) { m_paths.emplace(source, std::move(path)); },
        [this](const follow::event& event) { m_words.tell(event); });
  }

  /// One look, and one chunk as text. False: there is nothing now.
  bool next(output_buffer& text, time_point now);

  follow::follower& follower() noexcept { return m_follower; }
  bool anything_lost() const noexcept { return m_words.anything_lost(); }

private:
  void tell(const follow::event& event) {
    m_words.tell(event);
    const auto* found = std::get_if<follow::discovered>(&event);
    if (found != nullptr) m_paths.emplace(found->source, follow::full_path(found->path));
  }
  void append_records(output_buffer& text, record as);

  const plan& m_plan;
  wording m_words;
  std::map<follow::source_id, std::string> m_paths;
  follow::follower m_follower;
  ship::composer m_composer;
  ship::parcel m_parcel;
  format::json_format m_json;
};

bool dry_runner::next(output_buffer& text, time_point now) {
  m_follower.look(now);
  if (!m_follower.read(m_parcel.chunk, now)) return false;
  if (m_parcel.chunk.lines.empty()) return true;
  const std::string& path = m_paths.at(m_parcel.chunk.source);
  const std::string name = std::filesystem::path(path).filename();
  m_composer.compose(m_parcel, {.path = path, .name = name});

  const std::string topic = m_plan.topic.topic_for(name, m_plan.composition.host);
  record as;
  as.topic = topic;
  const bool is_known = m_plan.routing.how == ship::routing::kind::fixed;
  as.partition = is_known ? m_plan.routing.partition : -1;
  as.offset = -1;
  append_records(text, as);
  return true;
}

void dry_runner::append_records(output_buffer& text, record as) {
  if (m_parcel.records.empty()) {
    as.key = m_parcel.key;
    for (const std::string_view line : m_parcel.chunk.lines) {
      as.value = line;
      m_json.append(text, as);
    }
    return;
  }
  for (std::size_t i = 0; i < m_parcel.records.size(); ++i) {
    const kafka::outgoing_record& sent = m_parcel.records[i];
    as.key = sent.key;
    as.value = sent.value;
    as.headers = sent.headers;
    as.timestamp = sent.timestamp;
    as.kind = sent.timestamp < 0 ? timestamp_kind::none : timestamp_kind::create;
    if (!m_parcel.partitions.empty()) as.partition = m_parcel.partitions[i];
    m_json.append(text, as);
  }
}

}  // namespace

app::exit_code dry_run(const plan& plan, app::messages& out, app::signal_watch& signals) {
  dry_runner runner(plan, out);
  follow::follower& follower = runner.follower();
  auto deadline = plan.timeout ? std::optional(clock::now() + *plan.timeout) : std::nullopt;
  bool out_of_time = false;
  output_buffer text;
  while (true) {
    const time_point now = clock::now();
    const bool more = runner.next(text, now);
    if (write_all(STDOUT_FILENO, text.view(), "stdout") == write_result::closed) {
      return app::exit_code::success;
    }
    text.clear();
    if (follower.finished()) break;
    if (deadline && now >= *deadline) {
      out_of_time = true;
      break;
    }
    if (!more) {
      app::wait_readable({signals.wake_fd(), follower.wake_fd()},
                         app::earlier(follower.next_look(now), deadline));
    }
    if (signals.take()) {
      follower.stop(clock::now());
      deadline = app::earlier(deadline, clock::now() + plan.stop_timeout);
    }
  }
  follower.tell_partials();
  const bool left = out_of_time && (plan.bounded || follower.unread_bytes() > 0);
  if (plan.bounded && signals.came()) return signals.code();
  if (left) return app::exit_code::incomplete;
  return plan.bounded && runner.anything_lost() ? app::exit_code::failed : app::exit_code::success;
}

}  // namespace logpipe::logtail
