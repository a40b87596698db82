#include "wording.hpp"

#include <logpipe/base/parse.hpp>
#include <logpipe/kafka/error.hpp>

#include <system_error>

namespace logpipe::logtail {
namespace {

template <typename... Handlers>
struct overloaded : Handlers... {
  using Handlers::operator()...;
};
template <typename... Handlers>
overloaded(Handlers...) -> overloaded<Handlers...>;  // clang 14 needs it

std::string name_of_old(const std::string& old_name) {
  return old_name.empty() ? "(deleted)" : old_name;
}

std::string reason(int error) {
  return std::generic_category().message(error);
}

}  // namespace

void wording::tell(const follow::event& event) {
  std::visit(
      overloaded{
          [&](const follow::waiting& e) {
            if (e.old_name.empty()) {
              m_out.info("{}: not there yet; waiting for it", e.path);
            } else {
              m_out.info("{}: rotated to {}; waiting for the new file", e.path, e.old_name);
            }
          },
          [&](const follow::opened& e) {
            m_out.info("{}: is there; reading from byte {}", e.path, e.offset);
          },
          [&](const follow::skipped& e) {
            m_out.info("{}: following from the end; {} bytes before it are left out", e.path,
                       e.bytes);
          },
          [&](const follow::rotated& e) {
            m_out.say(
                level_of_rotation(e.path),
                fmt::format("{}: rotated to {}; {} bytes of it shipped, following the new file",
                            e.path, name_of_old(e.old_name), e.rest));
          },
          [&](const follow::late_lines& e) {
            m_out.info("{}: {} bytes came late, into {}; shipped", e.path, e.bytes,
                       name_of_old(e.old_name));
          },
          [&](const follow::truncated& e) {
            if (e.unread > 0) {
              m_lost = true;
              m_out.error("{}: truncated with {} bytes unread, which are lost; reading from byte 0",
                          e.path, e.unread);
            } else {
              m_out.info("{}: truncated at byte {}; reading from byte 0", e.path, e.offset);
            }
          },
          [&](const follow::unreadable& e) {
            m_lost = true;
            m_out.error("{}: {}", e.path, reason(e.error));
          },
          [&](const follow::line_too_long& e) {
            m_lost = true;
            m_out.error(
                "{}: the line at byte {} is {} bytes long and was left out; --memory bounds "
                "what can be held",
                e.path, e.offset, e.size);
          },
          [&](const follow::partial_held& e) {
            m_out.info("{}: {} bytes at byte {} without a line end, not shipped", e.path, e.bytes,
                       e.offset);
          },
          [&](const follow::watch_degraded& e) {
            m_out.warning("{}; looking at the files at intervals instead",
                          e.error == 0 ? "inotify lost events"
                                       : "inotify cannot watch more (" + reason(e.error) + ")");
          },
          [&](const follow::vanished& e) {
            if (e.unread > 0) m_lost = true;
            m_out.error(
                "{}: has gone while it was closed (too many open files); {} bytes unread, "
                "which are lost",
                e.path, e.unread);
          },
          [&](const follow::let_go& e) {
            m_lost = true;
            m_out.error(
                "{}: was deleted, and is let go at byte {} (--hold-deleted); {} bytes unread, "
                "which are lost",
                e.path, e.offset, e.unread);
          },
          [&](const follow::holding_deleted& e) {
            m_out.warning(
                "{} of deleted files are held open until they are shipped, and fill the disk; "
                "--hold-deleted SIZE bounds it",
                format_size(e.bytes));
          },
          [&](const follow::discovered& e) {
            m_out.say(app::messages::level::detail, fmt::format("{}: is followed too", e.path));
          },
          [&](const follow::ended& e) {
            m_out.say(app::messages::level::detail,
                      fmt::format("{}: has gone, and is followed no longer", e.path));
          },
          [](const follow::generation_begun&) {},
          [](const follow::generation_followed&) {},
          [](const follow::generation_ended&) {},
          [](const follow::generation_known&) {},
          [](const follow::generations_seen&) {},
          [&](const follow::generation_vanished& e) {
            m_lost = true;
            m_out.error(
                "{}: {}, read up to byte {}, is not there any more; {} bytes are known to be lost",
                e.what.source, e.what.name, e.what.read.offset, e.lost);
          },
          [&](const follow::damaged& e) {
            m_lost = true;
            m_out.error(
                "{}: cannot be decompressed from byte {} on ({}); what stands before is shipped",
                e.path, e.offset, e.reason);
          },
          [&](const follow::rotated_out_of_sight& e) {
            m_out.warning(
                "{}: was renamed to {}, which would not be found after a time without logtail; "
                "--rotated '{}' would find it",
                e.path, e.old_name, e.pattern);
          },
          [&](const follow::nothing_matches& e) {
            m_out.warning("{}: matches no file", e.pattern);
          },
          [&](const follow::no_events& e) {
            m_out.say(app::messages::level::detail,
                      fmt::format("{}: lies on {}, which tells of no changes; looking at it at "
                                  "intervals",
                                  e.path, e.file_system));
          },
      },
      event);
}

app::messages::level wording::level_of_rotation(const std::string& path) {
  const time_point now = clock::now();
  const auto [last, first_time] = m_last_rotation.try_emplace(path, now);
  const bool again = !first_time && now - last->second < std::chrono::minutes(1);
  last->second = now;
  return again ? app::messages::level::detail : app::messages::level::info;
}

void wording::tell(const ship::passed_over& event, const std::string& where) {
  m_lost = true;
  const char* kept = event.kept ? "kept with the rejected" : "left out";
  if (kafka::classify(event.error) == kafka::failure::too_large) {
    m_out.error("{}: the line at byte {} is {} bytes long, more than topic \"{}\" takes; {}", where,
                event.offset, event.size, event.topic, kept);
  } else if (event.error == kafka::no_such_partition) {
    m_out.error(
        "{}: the line at byte {} asks for partition {}, which topic \"{}\" does not have; {}",
        where, event.offset, event.partition, event.topic, kept);
  } else {
    m_out.error("{}: the line at byte {} is refused by topic \"{}\" ({}); {}", where, event.offset,
                event.topic, kafka::text_of(event.error), kept);
  }
}

void wording::tell(const ship::invalid_line& event, const std::string& where) {
  m_lost = true;
  const std::string line = event.number ? fmt::format("line {}", *event.number)
                                        : fmt::format("the line at byte {}", event.offset);
  m_out.error("{}: {} is no record: {}", where, line, event.reason);
}

void wording::tell(const ship::partitions_changed& event) {
  m_out.warning(
      "topic \"{}\" has {} partitions now instead of {}; lines keep going to the first {}",
      event.topic, event.now, event.before, event.before);
}

void wording::tell(const ship::held& event) {
  m_out.warning("{} [{}]: {}; its lines are held and sent again", event.topic, event.partition,
                kafka::text_of(event.error));
}

void wording::tell(const ship::resumed& event) {
  m_out.warning("{} [{}]: takes lines again", event.topic, event.partition);
}

void wording::tell(const ship::sender_replaced& event) {
  m_out.warning(
      "a new producer was needed ({}); {} lines that were not confirmed are sent again, "
      "some may be there twice",
      event.reason, event.again);
}

void wording::tell(const ship::sender_refitted&) {
  m_out.info("a topic takes smaller batches than it did (max.message.bytes); sending those");
}

}  // namespace logpipe::logtail
