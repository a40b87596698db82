#pragma once

#include "group_facts.hpp"

#include <logpipe/base/output.hpp>

namespace logpipe::logcat {

/// Tables for eyes: the group, its members, a row for each partition. `coloured`: for a terminal,
/// rows that are not well stand out.
void append_group_text(output_buffer& out, const group_facts& group, bool coloured);

/// An object per line; names and shapes are part of the contract:
///
///   {"type":"group","group","state","assignor","coordinator","members","partitions","lag"}
///   {"type":"member","group","member","client","host","instance","partitions"}
///   {"type":"committed","group","topic","partition","committed","metadata","first","stable","lag",
///    "gone","member","client","host","error"}
///
/// "members" and "partitions" are counts, "lag" of a group the sum of what is known. Of a partition,
/// "committed" is the offset of the next record to be read, null where none was committed;
/// "first" and "stable" are the log's first and last stable offset, "lag" what lies between committed
/// and stable, "gone" how many offsets retention took before they were committed. "member",
/// "client" and "host" say to whom it is assigned, null for nobody. "error" is null, or the name of
/// the reason for which first and stable are null.
void append_group_json(output_buffer& out, const group_facts& group);

}  // namespace logpipe::logcat
