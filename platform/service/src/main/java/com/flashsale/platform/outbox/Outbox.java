package com.flashsale.platform.outbox;

import static com.flashsale.platform.sql.Columns.shorts;
import static com.flashsale.platform.sql.Columns.texts;
import static com.flashsale.platform.sql.Columns.uuids;
import static org.springframework.transaction.annotation.Propagation.MANDATORY;

import com.flashsale.platform.time.Ids;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.ObjectMapper;

/** Stores events beside the change that caused them; {@link OutboxRelay} publishes them after commit. */
public class Outbox {

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;
    private final Runnable wakeRelay;

    Outbox(JdbcClient jdbc, ObjectMapper json, Clock clock, Runnable wakeRelay) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.wakeRelay = wakeRelay;
    }

    /** @see #append(List) */
    @Transactional(propagation = MANDATORY)
    public void append(OutboxEvent event) {
        append(List.of(event));
    }

    /**
     * Appends events in their order, in one statement. MANDATORY: an event appended outside a transaction could outlive
     * a change that never happened.
     */
    @Transactional(propagation = MANDATORY)
    public void append(List<OutboxEvent> events) {
        if (events.isEmpty()) return;
        jdbc.sql("""
                insert into outbox (id, shard, topic, key, type, subject, occurred_at, traceparent, load_test, data)
                select id, shard, topic, key, type, subject, :now, traceparent, load_test, data
                  from unnest(:ids::uuid[], :shards::smallint[], :topics::text[], :keys::text[], :types::text[],
                              :subjects::text[], :traceparents::text[], :loadTests::text[], :data::text[])
                       with ordinality
                            as t (id, shard, topic, key, type, subject, traceparent, load_test, data, position)
                 order by position
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("ids", uuids(events, _ -> Ids.next()))
                .param("shards", shorts(events, event -> shardOf(event.key())))
                .param("topics", texts(events, OutboxEvent::topic))
                .param("keys", texts(events, OutboxEvent::key))
                .param("types", texts(events, OutboxEvent::type))
                .param("subjects", texts(events, OutboxEvent::subject))
                .param("traceparents", texts(events, event -> event.origin().traceparent()))
                .param("loadTests", texts(events, event -> event.origin().loadTest()))
                .param("data", texts(events, event -> json.writeValueAsString(event.data())))
                .update();
        wakeAfterCommit();
    }

    static short shardOf(@Nullable String key) {
        return (short) Math.floorMod(key == null ? 0 : key.hashCode(), OutboxSettings.SHARDS);
    }

    private void wakeAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wakeRelay.run();
            }
        });
    }
}
