#pragma once

#include "cluster_facts.hpp"

#include <logpipe/base/output.hpp>

namespace logpipe::logcat {

/// Tables for eyes: brokers; a row for each partition, behind it what is wrong with it; a line of
/// totals. `coloured`: for a terminal, rows that are not well stand out.
void append_cluster_text(output_buffer& out, const cluster_facts& cluster, bool coloured);

/// An object per line; names and shapes are part of the contract:
///
///   {"type":"broker","id","host","port","controller","leads","holds"}
///   {"type":"topic","topic","internal","partitions","under_replicated","leaderless","offsets",
///    "error"}
///   {"type":"partition","topic","partition","leader","replicas","isr","first","end","stable",
///    "offsets","under_replicated","error"}
///
/// "controller" and "internal" are booleans. Of a broker, "leads" and "holds" count the listed
/// partitions; "host" and "port" are null for one that is away and holds some. Of a topic, "partitions", "under_replicated" and
/// "leaderless" are counts and "offsets" the sum of what is known. Of a partition, "leader" is null
/// where there is none; "replicas" and "isr" are broker numbers, the preferred leader first;
/// "first" is the first offset in the log, "end" the one that the next record gets, "stable" the
/// last stable offset, "offsets" end - first, all null where the leader did not tell them.
/// "error" is null, or the name of the reason, as LEADER_NOT_AVAILABLE.
void append_cluster_json(output_buffer& out, const cluster_facts& cluster);

}  // namespace logpipe::logcat
