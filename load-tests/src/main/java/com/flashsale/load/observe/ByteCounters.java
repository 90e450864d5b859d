package com.flashsale.load.observe;

import com.flashsale.client.topology.Services;
import com.flashsale.load.platform.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;

/** The bytes that the platform has written and sent so far. A medium that cannot be read is left out. */
public final class ByteCounters implements AutoCloseable {

    /** Of all databases together: they share one log. */
    private static final String WAL = "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";

    private static final Path NETWORK = Path.of("/proc/net/dev");
    private static final String LOOPBACK = "lo:";
    private static final int PATIENCE_SECONDS = 5;

    /**
     * @param written or sent since the beginning, by medium
     * @param kafka size of each log of a partition
     */
    public record Reading(Map<String, Long> written, Map<String, Long> kafka) {}

    private final Connection database;
    private final Admin kafka;
    private final boolean onThisMachine;

    public ByteCounters(Target target) throws SQLException {
        database = target.read(Services.databases().getFirst());
        kafka = Admin.create(Map.of("bootstrap.servers", target.kafka(), "client.id", "load-bytes"));
        onThisMachine = !target.state().isExternal();
    }

    public Reading read() throws InterruptedException {
        var written = new HashMap<String, Long>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(WAL)) {
            if (rows.next()) written.put("wal", rows.getLong(1));
        } catch (SQLException refused) {
            written.remove("wal");
        }
        if (onThisMachine) {
            try {
                written.put("network", received(Files.readString(NETWORK)));
            } catch (IOException notLinux) {
                written.remove("network");
            }
        }
        return new Reading(written, logs());
    }

    /** Bytes that the loopback received: as many as it sent. */
    static long received(String table) {
        return table.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(LOOPBACK))
                .mapToLong(line ->
                        Long.parseLong(line.substring(LOOPBACK.length()).strip().split("\\s+", 2)[0]))
                .sum();
    }

    /** Empty where this client may not ask. */
    private Map<String, Long> logs() throws InterruptedException {
        var sizes = new HashMap<String, Long>();
        try {
            var brokers = kafka.describeCluster().nodes().get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
                    .map(Node::id)
                    .toList();
            kafka.describeLogDirs(brokers)
                    .allDescriptions()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .forEach((broker, directories) -> directories
                            .values()
                            .forEach(directory -> directory
                                    .replicaInfos()
                                    .forEach((partition, replica) ->
                                            sizes.put(broker + " " + partition, replica.size()))));
        } catch (ExecutionException | TimeoutException refused) {
            return Map.of();
        }
        return sizes;
    }

    /** The bytes between two readings. A log that Kafka has cut in between counts as unchanged. */
    public static Map<String, Long> between(Reading before, Reading after) {
        var used = new TreeMap<String, Long>();
        after.written().forEach((medium, bytes) -> {
            var earlier = before.written().get(medium);
            if (earlier != null) used.put(medium, bytes - earlier);
        });
        if (!after.kafka().isEmpty()) {
            used.put(
                    "kafka",
                    after.kafka().entrySet().stream()
                            .mapToLong(log ->
                                    Math.max(0, log.getValue() - before.kafka().getOrDefault(log.getKey(), 0L)))
                            .sum());
        }
        return used;
    }

    @Override
    public void close() throws SQLException {
        kafka.close(Duration.ofSeconds(PATIENCE_SECONDS));
        database.close();
    }
}
