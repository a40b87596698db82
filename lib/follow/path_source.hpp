#pragma once

#include <logpipe/follow/chain_member.hpp>
#include <logpipe/follow/places.hpp>
#include <logpipe/follow/source.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace logpipe::follow {

/// A log that is a regular file at a path: the chain of its generations, oldest first, and last the
/// file that stands at the path, if any does.
class path_source final : public source {
public:
  /// Throws as follower::add().
  path_source(source_id id, std::string path, const surroundings& around, time_point now);

  bool hint(const watch_hint& hint, time_point now) override;
  void look(time_point now) override;
  progress read(chunk& out, time_point now) override;
  std::optional<time_point> due() const override { return m_due; }
  void stop(time_point now) override;
  bool finished() const override;
  void tell_partials() const override;
  std::uint64_t unread_bytes() const override;
  std::optional<std::string> name_of(generation_id generation) const override;

private:
  using chain = std::deque<chain_member>;

  void begin(time_point now);

  // What can have happened to the path, as look() finds it.
  void look_at_path(time_point now);
  void nothing_there(time_point now);
  void another_there(const identity& found, time_point now);
  void appeared(time_point now);
  void take_missed(const std::string& name, time_point now);
  void came_back(chain::iterator which);
  void unreadable(int error);
  void let_go_old(time_point now);

  // What reading finds.
  progress read_member(chain_member& member, chunk& out, time_point now);
  progress end_of(chain_member& member, chunk& out, time_point now);
  progress hand_out(chain_member& member, chunk& out, time_point now);
  void truncated(chain_member& member, time_point now);
  bool next_may_begin(std::size_t which, time_point now);
  bool is_done(const chain_member& member) const;

  fd open(const std::string& path) const;
  chain_member& add_member(fd file, std::uint64_t offset, time_point now);
  chain::iterator find(const identity& id);
  /// The member at the path; null when there is none.
  chain_member* current();
  void plan(time_point now);
  void limit_to_now(chain_member& member) const;
  bool bounded() const noexcept { return m_around->options.once || m_stopping; }

  source_id m_id;
  std::string m_path;
  const surroundings* m_around;
  places m_places;
  chain m_chain;
  std::optional<time_point> m_due;
  std::optional<time_point> m_missing_since;
  bool m_told_waiting = false;
  int m_told_error = 0;
  bool m_stopping = false;
};

}  // namespace logpipe::follow
