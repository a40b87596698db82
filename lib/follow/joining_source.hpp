#pragma once

#include <logpipe/follow/lines/line_joiner.hpp>
#include <logpipe/follow/source.hpp>

#include <memory>
#include <optional>
#include <string>

namespace logpipe::follow {

/// Gives another source's lines as records of several lines each.
class joining_source final : public source {
public:
  /// around.options.multiline is set.
  joining_source(std::unique_ptr<source> lines, std::string path, const surroundings& around)
      : m_lines(std::move(lines)),
        m_path(std::move(path)),
        m_around(&around),
        m_joiner(*around.options.multiline, around.lines) {}

  void catch_up(directory_lists& lists, time_point now) override { m_lines->catch_up(lists, now); }
  void tell_vanished() override { m_lines->tell_vanished(); }
  std::optional<kept_generation> describe(generation_id generation) const override {
    return m_lines->describe(generation);
  }
  bool hint(const watch_hint& hint, time_point now) override { return m_lines->hint(hint, now); }
  void look(time_point now) override;
  progress read(chunk& out, time_point now) override;
  std::optional<time_point> due() const override;
  void hold(bool held) override { m_lines->hold(held); }
  bool is_spent() const override { return m_lines->is_spent() && m_joiner.is_empty(); }
  bool is_replaced(time_point now) const override {
    return m_lines->is_replaced(now) && m_joiner.is_empty();
  }
  void replace(time_point now) override { m_lines->replace(now); }
  bool rest(time_point now) override { return m_lines->rest(now); }
  resemblance resembles(const suspect& file) const override { return m_lines->resembles(file); }
  void take_copy(const std::string& path, time_point now) override {
    m_lines->take_copy(path, now);
  }
  std::uint64_t deleted_unread() const override { return m_lines->deleted_unread(); }
  std::optional<generation_id> oldest_deleted(time_point now) const override {
    return m_lines->oldest_deleted(now);
  }
  void let_go(generation_id generation, time_point now) override {
    m_lines->let_go(generation, now);
  }
  void stop(time_point now) override { m_lines->stop(now); }
  bool finished() const override { return m_lines->finished() && m_joiner.is_empty(); }
  void tell_partials() const override;
  std::uint64_t unread_bytes() const override { return m_lines->unread_bytes(); }
  std::optional<std::string> name_of(generation_id generation) const override {
    return m_lines->name_of(generation);
  }

private:
  std::unique_ptr<source> m_lines;
  std::string m_path;
  const surroundings* m_around;
  line_joiner m_joiner;
  chunk m_read;
  /// Whether a record is stale is seen when what the last look found has been read.
  bool m_to_read = false;
};

}  // namespace logpipe::follow
