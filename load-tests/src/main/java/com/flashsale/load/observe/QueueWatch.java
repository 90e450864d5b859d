package com.flashsale.load.observe;

import com.flashsale.load.platform.Target;
import com.flashsale.reports.result.Series;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Samples once a second every place where work can wait: outboxes, Kafka, queues inside the services. */
public final class QueueWatch implements AutoCloseable {

    private static final long PAUSE_MILLIS = 1_000;

    /** Samples per scrape of the services' metrics, which costs more than the other samples. */
    private static final int SCRAPE_EVERY = 3;

    private static final int PATIENCE_SECONDS = 5;
    private static final List<String> GAUGES = List.of(
            "group_commit_depth",
            "hikaricp_connections_active",
            "hikaricp_connections_pending",
            "gateway_in_flight",
            "jvm_memory_usage_after_gc",
            "jvm_threads_live_threads",
            "process_files_open_files");

    private final Map<String, Series> series = new LinkedHashMap<>();
    private final Outboxes outboxes;
    private final Metrics metrics;
    private final Admin kafka;
    private final Optional<RedisKeys> redis;
    private final List<String> groups;
    private final AtomicReference<String> trouble = new AtomicReference<>("");
    private long start;
    private Map<String, DoubleSupplier> own = Map.of();
    private Thread thread = Thread.currentThread();
    private volatile boolean running = true;

    /** Connects to everything. This takes time, so the caller does it before the run begins. */
    public QueueWatch(Target target) throws SQLException {
        this.metrics = new Metrics(target.state());
        this.kafka = Admin.create(Map.of("bootstrap.servers", target.kafka(), "client.id", "load-watch"));
        this.redis = RedisKeys.of(target);
        this.groups = groups();
        this.outboxes = Outboxes.of(target);
    }

    /** Begins to sample; the figures of the scenario are sampled too. */
    public void begin(long startOfRun, Map<String, DoubleSupplier> figures) {
        start = startOfRun;
        own = Map.copyOf(figures);
        thread = Thread.ofPlatform().name("queue-watch").daemon().start(this::watch);
    }

    private List<String> groups() {
        try {
            return kafka.listGroups().all().get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
                    .map(group -> group.groupId())
                    .toList();
        } catch (ExecutionException | TimeoutException unreachable) {
            throw new IllegalStateException("Kafka does not answer", unreachable);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private void watch() {
        for (int round = 0; running; round++) {
            try {
                own.forEach((name, figure) -> add(name, "", figure.getAsDouble()));
                outboxes.observation(this::add);
                lag();
                redis.ifPresent(keys -> add("redis keys without ttl", "keys", (double) keys.withoutEnd()));
                if (round % SCRAPE_EVERY == 0) {
                    outboxes.lookForRemains(this::add);
                    gauges();
                }
            } catch (SQLException | ExecutionException | TimeoutException failed) {
                trouble.set(failed.toString());
            } catch (InterruptedException stopping) {
                return;
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopping) {
            running = false;
        }
    }

    private void lag() throws ExecutionException, TimeoutException, InterruptedException {
        var offsets = new HashMap<String, Map<TopicPartition, OffsetAndMetadata>>();
        for (var group : groups) {
            offsets.put(
                    group,
                    kafka.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        offsets.values()
                .forEach(each -> each.keySet().forEach(partition -> wanted.put(partition, OffsetSpec.latest())));
        var latest = kafka.listOffsets(wanted).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        offsets.forEach((group, known) -> lagOf(group, known, latest));
    }

    private void lagOf(
            String group,
            Map<TopicPartition, OffsetAndMetadata> known,
            Map<TopicPartition, ListOffsetsResultInfo> latest) {
        var byTopic = new HashMap<String, Long>();
        known.forEach((partition, offset) -> {
            var end = latest.get(partition);
            if (end != null && offset != null) {
                byTopic.merge(partition.topic(), Math.max(0, end.offset() - offset.offset()), Long::sum);
            }
        });
        byTopic.forEach((topic, messages) -> add("lag " + group + " " + topic, "messages", (double) messages));
    }

    private void gauges() {
        metrics.scrape()
                .forEach((service, values) -> values.forEach((name, value) -> {
                    if (GAUGES.stream().anyMatch(name::startsWith)) add(name + " " + service, "", value);
                }));
    }

    private synchronized void add(String name, String unit, double value) {
        series.computeIfAbsent(name, _ -> new Series(name, unit, new ArrayList<>()))
                .points()
                .add(new Series.Point((System.nanoTime() - start) / 1e9, value));
    }

    /** Stops sampling and returns the series that were not always zero. */
    public List<Series> stop() throws InterruptedException {
        running = false;
        thread.join(PAUSE_MILLIS * PATIENCE_SECONDS * 2);
        synchronized (this) {
            return series.values().stream().filter(each -> each.max() > 0).toList();
        }
    }

    /** The error that ended or disturbed the sampling; empty if there was none. */
    public String trouble() {
        return trouble.get();
    }

    @Override
    public void close() throws SQLException {
        running = false;
        metrics.close();
        redis.ifPresent(RedisKeys::close);
        kafka.close();
        outboxes.close();
    }
}
