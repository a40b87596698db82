#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/memory/living_file.hpp>
#include <logpipe/follow/names/directory_lists.hpp>

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
    return stands_at(file.get(), kept.read) ? std::move(file) : fd();
  } catch (const std::system_error&) {
    return {};  // what cannot be read is nothing to compare with
  }
}

}  // namespace

fd living_file(const kept_generation& kept) {
  if (kept.what == kept_generation::state::replaced) return {};
  if (fd file = open_if_it_is(kept.name, kept)) return file;
  directory_lists lists;
  for (const auto& directory : {directory_of(kept.name), directory_of(kept.source)}) {
    for (const auto& path : lists.with_inode(directory, kept.inode)) {
      if (fd file = open_if_it_is(path, kept)) return file;
    }
  }
  return {};
}

fd living_file(const memory& kept, const recollection& known) {
  for (const kept_id id : known.as) {
    if (fd file = living_file(kept.at(id))) return file;
  }
  return {};
}

}  // namespace logpipe::follow
