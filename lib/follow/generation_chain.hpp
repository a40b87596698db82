#pragma once

#include <logpipe/follow/chain_member.hpp>
#include <logpipe/follow/memory/backlog.hpp>
#include <logpipe/follow/source.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::follow {

/// The generations of one log, oldest first, last the one at the path. Reads them in this order: a
/// file is begun when the one before it may be taken for finished.
class generation_chain {
public:
  generation_chain(source_id id, std::string path, const surroundings& around);

  /// Takes over an open file as the one at the path, to be read from where `start` says, or from
  /// where another source left off. Null, and the file is closed, when another source reads it.
  chain_member* add(fd file, const start_at& start, time_point now);
  /// What is added from now on comes behind what became of the log while nothing ran, which is to
  /// be found yet: until then it is not told as begun.
  void await_past() { m_awaits_past = m_around->options.remembers; }
  /// What became of the log while nothing ran, oldest first: it is read before the file at the
  /// path.
  void catch_up(std::vector<past_file> files, time_point now);
  /// The member at the path; null when there is none.
  chain_member* current();
  const chain_member* last() const { return m_members.empty() ? nullptr : &m_members.back(); }
  bool contains(const identity& file) const;
  /// Whether it is one of the chain's, or was until it was let go a while ago.
  bool has_read(const identity& file) const;
  /// A file that had gone away stands at the path again, and is the last of the chain.
  void bring_back(const identity& file);

  /// How a file is like those of the chain, and like those that stood in one before it was cut.
  resemblance resembles(const suspect& file) const;
  /// Takes over the open copy of a generation that was cut, to be read before what came after it.
  void take_copy(fd file, time_point now);

  /// Closes files: old ones that are finished are let go before their time, the one at the path can
  /// be closed if it is the only one. False when there is none that can be closed now.
  bool rest(time_point now);
  /// The one there is, if it is closed; null otherwise.
  const chain_member* resting() const;
  /// Its file is open again.
  void reopen(fd file);
  /// Its file cannot be found any more.
  void give_up(time_point now);

  /// All has been read, and nothing is expected to come: what is no regular file may begin.
  bool is_over(time_point now) const;
  /// Lets all of them go.
  void end(time_point now);

  /// True when the hint calls for a look at the path.
  bool hint(const watch_hint& hint, time_point now);
  /// Compares the open files with what is known of them; lets go those that are long finished.
  /// `here` is what stands at the path, if that is known: it saves a system call where it is the
  /// file that is open.
  void look(const std::optional<file_status>& here, time_point now);
  source::progress read(chunk& out, time_point now);
  /// When a look() may make a difference, besides the usual ones.
  std::optional<time_point> due(time_point now) const;

  /// Unread bytes of files that were deleted, as the last look saw them.
  std::uint64_t deleted_unread() const;
  /// The oldest of those files, of the ones that have had their time since.
  std::optional<generation_id> oldest_deleted(time_point now) const;
  /// Gives up what is unread of such a file, tells it, and goes on with the next.
  void let_go(generation_id number, time_point now);

  /// From now on only what stands in the files at this moment is read.
  void stop();
  /// With `once`: the unfinished line of a file that was just rotated is waited for, by looking.
  bool waits_for_rest() const;
  /// With `once`, or after stop(): all of that has been read.
  bool is_done() const;

  bool is_empty() const noexcept { return m_members.empty() && m_backlog.is_empty(); }
  void tell_partials() const;
  std::uint64_t unread_bytes() const;
  std::optional<std::string> name_of(generation_id generation) const;
  /// Tells of a member that was renamed to what would not be found.
  void warn_if_out_of_sight(const chain_member& renamed);
  /// See follower::describe().
  std::optional<kept_generation> describe(generation_id generation) const;

private:
  struct beginning {
    std::uint64_t offset = 0;
    std::vector<kept_id> continues;
  };
  beginning beginning_of(int descriptor, const file_status& status, const start_at& start) const;
  bool is_read_elsewhere(const recollection& known) const;
  std::vector<kept_id> recognise(chain_member& member) const;
  chain_member& insert(fd file, std::uint64_t offset, time_point now);
  void tell_begun(const chain_member& member, std::vector<kept_id> continues);
  kept_generation keep(const chain_member& member) const;
  void followed(chain_member& member);
  void retire(const chain_member& member, kept_generation::state what);
  source::progress read_member(chain_member& member, chunk& out, time_point now);
  source::progress end_of(chain_member& member, chunk& out, time_point now);
  source::progress hand_out(chain_member& member, chunk& out, time_point now);
  void truncated(chain_member& member, time_point now);
  void failed(chain_member& member);
  std::optional<time_point> flush_due(const chain_member& member) const;
  bool next_may_begin(std::size_t which, time_point now);
  void let_go_old(time_point now, std::size_t most_finished);
  std::deque<chain_member>::iterator remove(const std::deque<chain_member>::iterator& at,
                                            time_point now);
  bool is_done(const chain_member& member) const;
  bool is_rest_due(const chain_member& member, time_point now) const;
  void limit_to_now(chain_member& member) const;
  bool bounded() const noexcept { return m_around->options.once || m_stopping; }
  too_long_observer too_long() const;

  source_id m_id;
  std::string m_path;
  /// The path made absolute.
  std::string m_log;
  const surroundings* m_around;
  /// What is read before the members.
  backlog m_backlog;
  std::deque<chain_member> m_members;
  bool m_awaits_past = false;
  /// What was not told as begun, with what it goes on from.
  std::map<generation_id, std::vector<kept_id>> m_untold;
  bool m_warned = false;
  /// The last that were let go.
  std::deque<identity> m_let_go;
  /// The last contents that were cut off.
  std::deque<cut_content> m_cut;
  bool m_stopping = false;
};

}  // namespace logpipe::follow
