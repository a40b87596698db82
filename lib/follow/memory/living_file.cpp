#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/memory/content_view.hpp>
#include <logpipe/follow/memory/living_file.hpp>

#include <string>
#include <system_error>
#include <vector>

namespace logpipe::follow {

namespace {

fd open_if_it_is(const std::string& path, const kept_generation& kept) {
  try {
    const auto there = status_of(path);
    if (!there || there->id.inode != kept.inode || there->id.birth != kept.birth) return {};
    fd file = open_regular(path);
    const content_view content(file.get(), path);
    const bool begins_so = kept.head.size() == 0 || kept.head.matches(content.head());
    if (!begins_so || !stands_at(file.get(), kept.read)) return {};
    return file;
  } catch (const std::system_error&) {
    return {};  // what cannot be read is nothing to compare with
  }
}

}  // namespace

fd living_file(const kept_generation& kept, directory_lists& lists) {
  if (kept.what == kept_generation::state::replaced) return {};
  if (fd file = open_if_it_is(kept.name, kept)) return file;
  for (const auto& directory : {directory_of(kept.name), directory_of(kept.source)}) {
    lists.renew(directory);
    for (const auto& path : lists.with_inode(directory, kept.inode)) {
      if (fd file = open_if_it_is(path, kept)) return file;
    }
  }
  return {};
}

fd living_file(const memory& kept, const recollection& known, directory_lists& lists) {
  for (const kept_id id : known.as) {
    if (fd file = living_file(kept.at(id), lists)) return file;
  }
  return {};
}

}  // namespace logpipe::follow
