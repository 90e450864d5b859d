package com.flashsale.platform.outbox;

import com.flashsale.platform.observability.TraceContext;
import com.flashsale.platform.time.BatchPacer;
import com.flashsale.platform.time.MachineLoad;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Publishes the outbox: reads a batch of the shards that it holds, sends it, waits for the acknowledgements, deletes
 * it. A crash between send and delete sends a batch again, in the same order; consumers know the ids. The relay deletes
 * rows instead of remembering the last number: sequence numbers are given before commit, so a smaller one may appear
 * later.
 */
class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    /** The longest time for which a stopping relay still publishes the last committed events. */
    private static final Duration LAST_BATCHES = Duration.ofSeconds(5);

    /** A relay without events looks this much less often, since each look costs the database a query. */
    private static final int QUIET = 4;

    private final DataSource dataSource;
    private final KafkaTemplate<String, byte[]> kafka;
    private final OutboxSettings settings;
    private final RelaySends sends;
    private final OutboxFloor floor = new OutboxFloor();
    /** With other shards the floor begins anew. */
    private int shardsOfLastBatch;

    private final Semaphore work = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    OutboxRelay(DataSource dataSource, KafkaTemplate<String, byte[]> kafka, OutboxSettings settings, RelaySends sends) {
        this.dataSource = dataSource;
        this.kafka = kafka;
        this.settings = settings;
        this.sends = sends;
    }

    /** Cheap and never blocks: one permit is enough, however many commits there were. */
    void wake() {
        if (work.availablePermits() == 0) work.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("outbox-relay").start(this::run);
    }

    private void run() {
        while (running) {
            try (var _ = TraceContext.unrecorded().open();
                    var connection = dataSource.getConnection()) {
                connection.setAutoCommit(true);
                publishUntilStopped(connection);
            } catch (SQLException | RuntimeException failure) {
                log.warn("Outbox relay pauses after a failure: {}", failure.toString());
                await(1_000);
            }
        }
    }

    private void publishUntilStopped(Connection connection) throws SQLException {
        var leases = new ShardLeases(connection);
        try (var _ = new RelaySession(connection, settings.idleLimit())) {
            publish(connection, leases);
        } catch (SQLException | RuntimeException failure) {
            // before the leases are free: messages that this producer still holds must not arrive
            // behind the next relay's events
            kafka.getProducerFactory().reset();
            throw failure;
        } finally {
            leases.release();
        }
    }

    private void publish(Connection connection, ShardLeases leases) throws SQLException {
        var pace = new BatchPacer(settings.pace(), MachineLoad.shared()::stretch);
        long poll = settings.poll().toMillis();
        long rest = poll;
        while (running) {
            pace.await();
            int published = publishBatch(connection, leases.held());
            // nothing to keep apart, or so much that the next batch is full as well
            if (published == 0 || published == settings.batch()) pace.reset();
            rest = published > 0 ? poll : Math.min(QUIET * poll, 2 * rest);
            if (published < settings.batch()) await(rest);
        }
        // the last commits of the listeners and requests, which stop before the relay
        var deadline = System.nanoTime() + LAST_BATCHES.toNanos();
        while (publishBatch(connection, leases.held()) > 0 && System.nanoTime() - deadline < 0) pace.reset();
    }

    /** Publishes one batch on a connection that holds the leases of these shards; returns its size. */
    int publishBatch(Connection connection, Short[] shards) throws SQLException {
        work.drainPermits();
        if (shards.length == 0) return 0;
        if (shards.length != shardsOfLastBatch) floor.reset();
        shardsOfLastBatch = shards.length;
        if (floor.isLookDue()) publishStragglers(connection, shards);
        return publish(connection, read(connection, shards, floor.now(), Long.MAX_VALUE));
    }

    /** Rows that were committed long after their number was given. */
    private void publishStragglers(Connection connection, Short[] shards) throws SQLException {
        try {
            publish(connection, read(connection, shards, 0, floor.now()));
        } catch (SQLTimeoutException tooMany) {
            log.warn("The beginning of the outbox cannot be searched while an old snapshot keeps its deleted rows");
        }
    }

    private int publish(Connection connection, List<OutboxRow> rows) throws SQLException {
        if (rows.isEmpty()) return 0;
        var sent = sends.send(rows);
        delete(connection, sent);
        // never beyond an event that still waits
        if (sent.size() == rows.size() && !sends.isAnyRefused()) floor.published(sent.getLast());
        return sent.size();
    }

    private List<OutboxRow> read(Connection connection, Short[] shards, long from, long before) throws SQLException {
        try (var select = connection.prepareStatement("""
            select seq, id, topic, key, type, subject, occurred_at, traceparent, load_test, data
              from outbox
             where shard = any (?) and seq >= ? and seq < ? and topic <> all (?) and key <> all (?)
             order by seq
             limit ?
            """)) {
            select.setArray(1, connection.createArrayOf("smallint", shards));
            select.setLong(2, from);
            select.setLong(3, before);
            select.setArray(4, connection.createArrayOf("text", sends.refusedTopics()));
            select.setArray(5, connection.createArrayOf("text", sends.refusedKeys()));
            select.setInt(6, settings.batch());
            var rows = new ArrayList<OutboxRow>();
            try (var result = select.executeQuery()) {
                while (result.next()) rows.add(OutboxRow.of(result));
            }
            return rows;
        }
    }

    private static void delete(Connection connection, List<Long> sent) throws SQLException {
        if (sent.isEmpty()) return;
        try (var delete = connection.prepareStatement("delete from outbox where seq = any (?)")) {
            delete.setArray(1, connection.createArrayOf("bigint", sent.toArray(Long[]::new)));
            delete.executeUpdate();
        }
    }

    private void await(long millis) {
        try {
            if (work.tryAcquire(millis, TimeUnit.MILLISECONDS)) log.trace("woken");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        wake();
        try {
            thread.join(settings.sendTimeout());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops after the web server and the listeners, so that what they committed last still goes out. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }
}
