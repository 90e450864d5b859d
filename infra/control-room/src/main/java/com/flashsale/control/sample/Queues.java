package com.flashsale.control.sample;

import com.flashsale.control.sample.Sample.GroupCommitNow;
import com.flashsale.control.sample.Sample.ServiceNow;
import org.jspecify.annotations.Nullable;

/** The queues inside one replica: outbox, consumers, connections, group commits. */
final class Queues {

    private static final double MILLIS = 1_000;

    private Queues() {}

    static ServiceNow of(String id, Replica replica) {
        var batches = replica.perSecond("group_commit_batch_count");
        var sizes = replica.perSecond("group_commit_batch_sum");
        var waits = replica.perSecond("group_commit_wait_seconds_count");
        var waited = replica.perSecond("group_commit_wait_seconds_sum");
        var commits = replica.values("group_commit_depth").entrySet().stream()
                .map(queue -> new GroupCommitNow(
                        queue.getKey(),
                        queue.getValue(),
                        mean(sizes.get(queue.getKey()), batches.get(queue.getKey()), 1),
                        mean(waited.get(queue.getKey()), waits.get(queue.getKey()), MILLIS)))
                .toList();
        return new ServiceNow(
                id,
                sum(replica, "outbox_oldest_age_seconds"),
                sum(replica, "outbox_pending"),
                sum(replica, "kafka_consumer_fetch_manager_records_lag_max"),
                sum(replica, "hikaricp_connections_active"),
                sum(replica, "hikaricp_connections_pending"),
                commits);
    }

    private static @Nullable Double mean(@Nullable Double sum, @Nullable Double count, double unit) {
        return sum == null || count == null || count <= 0 ? null : sum / count * unit;
    }

    private static @Nullable Double sum(Replica replica, String name) {
        var values = replica.values(name);
        return values.isEmpty()
                ? null
                : values.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
