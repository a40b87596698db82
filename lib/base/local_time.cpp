#include <logpipe/base/local_time.hpp>

#include <ctime>

namespace logpipe {

using std::chrono::local_seconds;
using std::chrono::seconds;
using std::chrono::sys_seconds;

seconds offset_at(sys_seconds when) {
  ::tzset();  // localtime_r need not look at TZ itself
  const std::time_t moment = when.time_since_epoch().count();
  std::tm local{};
  if (::localtime_r(&moment, &local) == nullptr) return seconds(0);
  return seconds(local.tm_gmtoff);
}

// No zone is a day away from UTC and none changes twice within two days: a day earlier and a day
// later have the offset before and after a change that is near. Each that holds at the moment which
// it leads to is one that clocks show this time at.
zone_answer ask_zone(local_seconds shown) {
  using kind = zone_answer::kind;
  constexpr std::chrono::days day(1);
  const sys_seconds as_utc(shown.time_since_epoch());
  const seconds before = offset_at(as_utc - day);
  const seconds after = offset_at(as_utc + day);
  if (before == after) return {kind::once, before, after};
  const bool holds_before = offset_at(as_utc - before) == before;
  const bool holds_after = offset_at(as_utc - after) == after;
  if (holds_before == holds_after) {
    return {holds_before ? kind::twice : kind::never, before, after};
  }
  const seconds only = holds_before ? before : after;
  return {kind::once, only, only};
}

}  // namespace logpipe
