#pragma once

#include <logpipe/follow/compressed/compressed_reading.hpp>
#include <logpipe/follow/file/bookmark.hpp>
#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/memory/kept_generation.hpp>
#include <logpipe/follow/source.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::follow {

/// Whether a path is named as compressed files are, and what stands there is one: then it is a
/// compressed_source. So it is where nothing stands there, or nothing that can be read yet: what
/// will come is taken for what the name says. Throws std::system_error when statx(2) fails.
bool is_compressed_log(const std::string& path);

/// A compressed file at a path, whose content is read to its end, once. Where it is followed, the
/// path is looked at every 5 s: a file that was not there yet, another one that has come there (as
/// rotation brings one), or one that was changed is read too, when two looks have found it the same
/// and so nobody is still writing it. What is known of it already is not given again: a file whose
/// compression was seen half done goes on where it was cut off.
class compressed_source final : public source {
public:
  /// Reads from `start`, if the content has there what it had; otherwise from its first byte.
  /// `continues` are the kept ones that `start` is of. follow_options::start does not count: it is
  /// about the end of what grows. With `once`, throws std::system_error when there is no such file
  /// or it cannot be read.
  compressed_source(source_id id, std::string path, const surroundings& around, time_point now,
                    const bookmark& start = {}, std::vector<kept_id> continues = {});
  ~compressed_source() override;

  bool hint(const watch_hint& /*hint*/, time_point /*now*/) override { return true; }
  void look(time_point now) override;
  progress read(chunk& out, time_point now) override;
  std::optional<time_point> due() const override { return m_due; }
  void stop(time_point now) override;
  bool finished() const override { return !is_busy(); }
  void tell_partials() const override {}
  /// Of the file, not of its content: nobody knows how much that is.
  std::uint64_t unread_bytes() const override;
  std::optional<std::string> name_of(generation_id generation) const override;

  /// See follower::describe(). Also good while surroundings::retired is called.
  std::optional<kept_generation> describe(generation_id generation) const override;

private:
  /// The generation that is, or was last, read.
  struct known {
    generation_id number = 0;
    file_status file;
    std::string name;
    fingerprint head;
    bool alike = false;
    /// Up to where its lines were given, and what stands before it.
    bookmark given;
    bool is_over = false;
  };
  bool is_busy() const noexcept { return m_found || m_reading; }
  void look_at_path(bool settled);
  void begin();
  bookmark place_of(const identity& file, const bookmark& left_off);
  progress find_place(time_point now);
  void begin_reading();
  void release(time_point now);
  void retire();
  void unreadable(int error);
  too_long_observer too_long() const;

  source_id m_id;
  std::string m_path;
  const surroundings* m_around;
  bool m_bounded;
  std::optional<time_point> m_due;
  /// The file that is being opened, passed over up to the place where it is to be read from.
  std::optional<compressed_file> m_found;
  bookmark m_place;
  std::optional<compressed_reading> m_reading;
  std::optional<known> m_known;
  /// Of the path: as the last look saw it, and as what was read last.
  std::optional<file_status> m_seen;
  std::optional<file_status> m_done;
  bookmark m_start;
  std::vector<kept_id> m_continues;
  bool m_told_waiting = false;
  int m_told_error = 0;
};

}  // namespace logpipe::follow
