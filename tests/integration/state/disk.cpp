#include "disk.hpp"

#include <sqlite3.h>

#include <cassert>
#include <cstring>
#include <new>
#include <utility>

namespace logpipe::ship::testing {

/// The functions that SQLite calls.
struct disk::calls {
  /// What SQLite has memory for; that of the file below begins behind it.
  struct file {
    sqlite3_file base;
    disk* on;
    std::string* name;  // SQLite frees the memory, and calls no destructor
  };

  static disk* active;
  static sqlite3_vfs* below;

  static file& self(sqlite3_file* raw) { return *reinterpret_cast<file*>(raw); }
  static sqlite3_file* real(sqlite3_file* raw) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<file*>(raw) + 1);
  }
  static std::string name_of(const char* path) {
    const std::string text = path == nullptr ? "" : path;
    return text.substr(text.rfind('/') + 1);
  }
  static void note(sqlite3_file* raw, disk_change::kind what, std::uint64_t offset = 0,
                   std::string bytes = {}) {
    self(raw).on->note({what, *self(raw).name, offset, std::move(bytes)});
  }
  static bool fails(sqlite3_file* raw, fault what) { return self(raw).on->fails(what); }

  static int open(sqlite3_vfs* /*vfs*/, sqlite3_filename path, sqlite3_file* raw, int flags,
                  int* given);
  static int remove(sqlite3_vfs* /*vfs*/, const char* path, int sync) {
    if (active->fails(fault::error)) return SQLITE_IOERR_DELETE;
    const int code = below->xDelete(below, path, sync);
    if (code == SQLITE_OK) active->note({disk_change::kind::remove, name_of(path)});
    return code;
  }

  static int close(sqlite3_file* raw) {
    delete std::exchange(self(raw).name, nullptr);
    return real(raw)->pMethods->xClose(real(raw));
  }
  static int read(sqlite3_file* raw, void* to, int size, sqlite3_int64 offset) {
    if (fails(raw, fault::error)) return SQLITE_IOERR_READ;
    return real(raw)->pMethods->xRead(real(raw), to, size, offset);
  }
  static int write(sqlite3_file* raw, const void* from, int size, sqlite3_int64 offset) {
    if (fails(raw, fault::error)) return SQLITE_IOERR_WRITE;
    const bool full = fails(raw, fault::full);
    const int written = full ? size / 2 : size;
    const int code = real(raw)->pMethods->xWrite(real(raw), from, written, offset);
    note(raw, disk_change::kind::write, static_cast<std::uint64_t>(offset),
         {static_cast<const char*>(from), static_cast<std::size_t>(written)});
    return full ? SQLITE_FULL : code;
  }
  static int truncate(sqlite3_file* raw, sqlite3_int64 size) {
    if (fails(raw, fault::error)) return SQLITE_IOERR_TRUNCATE;
    note(raw, disk_change::kind::truncate, static_cast<std::uint64_t>(size));
    return real(raw)->pMethods->xTruncate(real(raw), size);
  }
  static int sync(sqlite3_file* raw, int /*flags*/) {
    if (fails(raw, fault::sync_error)) return SQLITE_IOERR_FSYNC;
    note(raw, disk_change::kind::sync);
    return SQLITE_OK;
  }

  // The rest goes through as it is.
  static int size(sqlite3_file* raw, sqlite3_int64* size) {
    return real(raw)->pMethods->xFileSize(real(raw), size);
  }
  static int lock(sqlite3_file* raw, int how) { return real(raw)->pMethods->xLock(real(raw), how); }
  static int unlock(sqlite3_file* raw, int how) {
    return real(raw)->pMethods->xUnlock(real(raw), how);
  }
  static int check_lock(sqlite3_file* raw, int* locked) {
    return real(raw)->pMethods->xCheckReservedLock(real(raw), locked);
  }
  static int control(sqlite3_file* raw, int what, void* with) {
    return real(raw)->pMethods->xFileControl(real(raw), what, with);
  }
  static int sector_size(sqlite3_file* raw) { return real(raw)->pMethods->xSectorSize(real(raw)); }
  static int characteristics(sqlite3_file* raw) {
    return real(raw)->pMethods->xDeviceCharacteristics(real(raw));
  }
  static int map_memory(sqlite3_file* raw, int page, int size, int extend, void volatile** at) {
    return real(raw)->pMethods->xShmMap(real(raw), page, size, extend, at);
  }
  static int lock_memory(sqlite3_file* raw, int offset, int count, int flags) {
    return real(raw)->pMethods->xShmLock(real(raw), offset, count, flags);
  }
  static void order_memory(sqlite3_file* raw) { real(raw)->pMethods->xShmBarrier(real(raw)); }
  static int unmap_memory(sqlite3_file* raw, int remove) {
    return real(raw)->pMethods->xShmUnmap(real(raw), remove);
  }

  static const sqlite3_io_methods methods;
  static sqlite3_vfs vfs;
};

disk* disk::calls::active = nullptr;
sqlite3_vfs* disk::calls::below = nullptr;
sqlite3_vfs disk::calls::vfs = {};

const sqlite3_io_methods disk::calls::methods = {.iVersion = 2,
                                                 .xClose = close,
                                                 .xRead = read,
                                                 .xWrite = write,
                                                 .xTruncate = truncate,
                                                 .xSync = sync,
                                                 .xFileSize = size,
                                                 .xLock = lock,
                                                 .xUnlock = unlock,
                                                 .xCheckReservedLock = check_lock,
                                                 .xFileControl = control,
                                                 .xSectorSize = sector_size,
                                                 .xDeviceCharacteristics = characteristics,
                                                 .xShmMap = map_memory,
                                                 .xShmLock = lock_memory,
                                                 .xShmBarrier = order_memory,
                                                 .xShmUnmap = unmap_memory,
                                                 .xFetch = nullptr,
                                                 .xUnfetch = nullptr};

int disk::calls::open(sqlite3_vfs* /*vfs*/, sqlite3_filename path, sqlite3_file* raw, int flags,
                      int* given) {
  raw->pMethods = nullptr;  // then it need not be closed
  if (active->fails(fault::error)) return SQLITE_CANTOPEN;
  int exists = 0;
  if (path != nullptr) below->xAccess(below, path, SQLITE_ACCESS_EXISTS, &exists);
  const int code = below->xOpen(below, path, real(raw), flags, given);
  if (code != SQLITE_OK) return code;
  new (raw) file{{&methods}, active, new std::string(name_of(path))};
  if (exists == 0) note(raw, disk_change::kind::create);
  return SQLITE_OK;
}

disk::disk() {
  assert(calls::active == nullptr);
  calls::active = this;
  calls::below = sqlite3_vfs_find(nullptr);
  calls::vfs = *calls::below;
  calls::vfs.zName = "watched";
  calls::vfs.szOsFile += static_cast<int>(sizeof(calls::file));
  calls::vfs.xOpen = calls::open;
  calls::vfs.xDelete = calls::remove;
  sqlite3_vfs_register(&calls::vfs, 1);
}

disk::~disk() {
  sqlite3_vfs_unregister(&calls::vfs);
  sqlite3_vfs_register(calls::below, 1);
  calls::active = nullptr;
}

void disk::fail(fault what, std::uint64_t call, bool stays) {
  m_fault = what;
  m_calls_before = call;
  m_stays = stays;
  m_failed = false;
}

bool disk::fails(fault what) {
  if (m_fault != what || (m_failed && !m_stays)) return false;
  if (m_calls_before != 0) {
    --m_calls_before;
    return false;
  }
  m_failed = true;
  return true;
}

}  // namespace logpipe::ship::testing
