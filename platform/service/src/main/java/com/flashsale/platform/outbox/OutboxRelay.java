package com.flashsale.platform.outbox;

import com.flashsale.platform.observability.TraceContext;
import com.flashsale.platform.time.Pace;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

/**
 * Publishes the outbox: reads a batch of the shards that it holds, sends it, waits for the acknowledgements, deletes it. A crash between
 * send and delete sends a batch again, in the same order; consumers know the ids. Deleting, not "seq greater than the last": sequence
 * numbers are given before commit, so a smaller one may appear later.
 */
class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private final DataSource dataSource;
    private final KafkaTemplate<String, byte[]> kafka;
    private final OutboxSettings settings;
    private final String source;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    OutboxRelay(DataSource dataSource, KafkaTemplate<String, byte[]> kafka, OutboxSettings settings, String source) {
        this.dataSource = dataSource;
        this.kafka = kafka;
        this.settings = settings;
        this.source = source;
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
                kafka.getProducerFactory().reset();
                await(1_000);
            }
        }
    }

    private void publishUntilStopped(Connection connection) throws SQLException {
        commitWithoutWaiting(connection, true);
        var leases = new ShardLeases(connection);
        var pace = new Pace(settings.pace());
        try {
            while (running) {
                pace.await();
                int published = publishBatch(connection, leases.held());
                // nothing to keep apart, or so much that the next batch is full as well
                if (published == 0 || published == settings.batch()) pace.reset();
                if (published < settings.batch()) await(settings.poll().toMillis());
            }
        } finally {
            leases.release();
            commitWithoutWaiting(connection, false);
        }
    }

    /**
     * Deletes need not wait for the disk: a server that crashes before they are there has the events again, and with them all that were
     * deleted later, so they are sent once more in their order; consumers know the ids.
     */
    private static void commitWithoutWaiting(Connection connection, boolean yes) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(yes ? "set synchronous_commit = off" : "reset synchronous_commit");
        }
    }

    /** One batch, on a connection that holds the leases of these shards; how many it published. */
    int publishBatch(Connection connection, Short[] shards) throws SQLException {
        work.drainPermits();
        var rows = shards.length == 0 ? List.<OutboxRow>of() : read(connection, shards);
        if (rows.isEmpty()) return 0;
        var sent = send(rows);
        delete(connection, sent);
        if (sent.size() < rows.size())
            throw new IllegalStateException("Kafka took only " + sent.size() + " of " + rows.size());
        return rows.size();
    }

    private List<OutboxRow> read(Connection connection, Short[] shards) throws SQLException {
        try (var select = connection.prepareStatement("""
                select seq, id, topic, key, type, subject, occurred_at, traceparent, load_test, data
                  from outbox
                 where shard = any (?)
                 order by seq
                 limit ?
                """)) {
            select.setArray(1, connection.createArrayOf("smallint", shards));
            select.setInt(2, settings.batch());
            var rows = new ArrayList<OutboxRow>();
            try (var result = select.executeQuery()) {
                while (result.next()) rows.add(OutboxRow.of(result));
            }
            return rows;
        }
    }

    /** Sends all without waiting in between, then waits for each; returns the numbers of those that Kafka has acknowledged. */
    private List<Long> send(List<OutboxRow> rows) {
        var pending = new ArrayList<CompletableFuture<SendResult<String, byte[]>>>(rows.size());
        for (var row : rows) {
            // an agent's span of the sending is then a child of what caused the event
            try (var _ = row.origin().open()) {
                pending.add(kafka.send(row.toRecord(source)));
            }
        }
        kafka.flush();
        var deadline = System.nanoTime() + settings.sendTimeout().toNanos();
        var sent = new ArrayList<Long>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            if (acknowledged(pending.get(i), deadline)) sent.add(rows.get(i).seq());
        }
        return sent;
    }

    private static boolean acknowledged(CompletableFuture<?> future, long deadline) {
        try {
            future.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException notSent) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
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
