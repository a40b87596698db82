#pragma once

#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/lines/stream_buffer.hpp>
#include <logpipe/follow/names/places.hpp>
#include <logpipe/follow/source.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace logpipe::follow {

/// Stdin, or a FIFO at a path. One generation, which begins where the stream stands and ends with
/// it; a FIFO that is followed does not end: when its last writer closes it, it waits for the next.
class stream_source final : public source {
public:
  /// Takes over an open descriptor, whatever it is. It is not made non-blocking, since that would
  /// change it for whoever shares it: it is only read when poll(2) says that bytes are there.
  stream_source(source_id id, fd descriptor, std::string name, const surroundings& around);
  /// Opens a FIFO. Throws std::system_error when that fails.
  stream_source(source_id id, const std::string& path, const surroundings& around, time_point now);
  ~stream_source() override;

  bool hint(const watch_hint& hint, time_point now) override;
  void look(time_point now) override;
  progress read(chunk& out, time_point now) override;
  std::optional<time_point> due() const override;
  bool is_replaced(time_point /*now*/) const override { return m_ended && m_successor_since; }
  void replace(time_point now) override;
  void hold(bool held) override;
  void stop(time_point now) override;
  bool finished() const override { return m_ended; }
  void tell_partials() const override {}
  std::uint64_t unread_bytes() const override { return 0; }
  std::optional<std::string> name_of(generation_id generation) const override;

private:
  void look_at_path(time_point now);
  progress end(chunk& out);
  progress hand_out(chunk& out) const;
  void reopen();
  too_long_observer too_long() const;

  source_id m_id;
  std::string m_name;
  const surroundings* m_around;
  fd m_descriptor;
  generation_id m_generation;
  stream_buffer m_buffer;
  /// With flush_partial: when the stream will have been still for so long.
  std::optional<time_point> m_due;
  bool m_is_still = false;
  /// The errno of the last read, told once; 0 when it went well.
  int m_error = 0;
  /// With a path that is followed: what happens to it, and when it is looked at next.
  std::optional<places> m_places;
  std::optional<time_point> m_next_look;
  /// When something else was first seen at the path, and what was read since.
  std::optional<time_point> m_successor_since;
  std::uint64_t m_rest = 0;
  /// It is not waited for then: with unread bytes it would wake up again and again.
  bool m_held = false;
  bool m_ended = false;
  /// Bytes that are still taken, after stop().
  std::optional<std::uint64_t> m_left;
};

}  // namespace logpipe::follow
