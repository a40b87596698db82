#include <logpipe/follow/follower_state.hpp>

#include <utility>

namespace logpipe::follow {
namespace {

/// Names of so many generations that were let go are remembered.
constexpr std::size_t most_retired = 4096;

}  // namespace

follower::state::state(follow_options wanted, observer observe,
                       std::vector<kept_generation> remembered)
    : options(std::move(wanted)),
      tell(std::move(observe)),
      watches(!options.once && !options.poll),
      blocks(options.block_size),
      kept(std::move(remembered)),
      open(options.max_open),
      around{options,
             tell,
             watches,
             wakes,
             blocks,
             files,
             open,
             [this] { return next_generation++; },
             [this](const std::string& path) { return has_events(path); },
             [this](const std::string& path, int descriptor, time_point now) {
               return known.what_is(path, descriptor, now, true) != copies::answer::own;
             },
             [this](generation_id number, kept_generation last, std::string name) {
               retire(number, std::move(last), std::move(name));
             },
             kept,
             [this](const std::string& path, const file_status& status) {
               return ours.contains(path, status);
             }},
      patterns(options, tell, [this](int error) { degraded(error); }),
      known(sources, files, !options.once, [this](source_id id) { wake(id); }),
      deleted(sources, options.hold_deleted, tell, [this](source_id id) { wake(id); }),
      caught_up(!options.remembers) {
  if (!watches.polling()) wakes.add_events(watches.descriptor());
  if (patterns.descriptor() >= 0) wakes.add_events(patterns.descriptor());
}

source_id follower::state::add(std::unique_ptr<source> what, const std::string& path) {
  const source_id id = sources.next();
  sources.add(joined(std::move(what), path), path);
  wake(id);
  return id;
}

void follower::state::wake(source_id id) {
  whose.plan(id, sources.at(id).what->due());
  whose.queue(id);
}

void follower::state::look_at(source_id id, time_point now) {
  roster::entry& looked_at = sources.at(id);
  looked_at.what->look(now);
  exchange_replaced(id, looked_at, now);
  if (looked_at.discovered && looked_at.what->is_spent()) return drop(id);
  if (looked_at.what->deleted_unread() != 0) deleted.held_by(id);
  whose.plan(id, looked_at.what->due());
  whose.queue(id);
  make_room(id, now);
}

/// Has others close their files when too many are open. Some cannot: they are asked again later.
void follower::state::make_room(source_id user, time_point now) {
  open.used(user);
  for (int asked = 0; asked < 16; ++asked) {
    const auto quiet = open.to_close();
    if (!quiet || *quiet == user) return;
    if (!sources.at(*quiet).what->rest(now)) open.used(*quiet);
  }
}

void follower::state::look_at_all(time_point now) {
  for (auto next = sources.begin(); next != sources.end();) {
    look_at((next++)->first, now);  // which may drop it
  }
}

void follower::state::drop(source_id id) {
  const std::string path = sources.at(id).path;
  tell(ended{id, path});
  whose.forget(id);
  deleted.forget(id);
  sources.remove(id);
  patterns.ended(path);
}

void follower::state::degraded(int error) {
  if (degradations.insert(error).second) tell(watch_degraded{{}, error});
}

/// When inotify has failed, what it may have left unsaid is looked for.
void follower::state::look_after_failure(time_point now) {
  const auto failure = watches.take_failure();
  if (!failure) return;
  degraded(*failure);
  look_at_all(now);
}

void follower::state::retire(generation_id number, kept_generation last, std::string name) {
  tell(generation_ended{number, std::move(last)});
  retired.insert_or_assign(number, std::move(name));
  if (retired.size() > most_retired) retired.erase(retired.begin());
}

bool follower::state::ends() const noexcept {
  return options.once || stopping || only_streams;
}

}  // namespace logpipe::follow
