package com.flashsale.control.sample;

import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.control.figures.Metrics;
import com.flashsale.control.figures.MetricsEndpoint;
import com.flashsale.control.figures.ReadOnlyDatabases;
import com.flashsale.control.figures.RedisReader;
import com.flashsale.control.figures.SaleFigures;
import com.flashsale.control.figures.SaleReader;
import com.flashsale.control.sample.Sample.Missing;
import com.flashsale.control.sample.Sample.RedisNow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes a sample of the whole platform. One thread calls it, about once a second. */
public final class Sampler implements AutoCloseable {

    /** An older figure is none: a fault must show within two seconds. */
    private static final Duration GOOD_FOR = Duration.ofMillis(1_900);

    /** A sample waits this long for its figures and then takes those that are there. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    /** Customers wait for these, so each second has a reading. It costs a service some milliseconds. */
    private static final Set<String> EACH_SECOND = Set.of("gateway", "order-service", "inventory-service");

    /** Slightly less than three seconds, so that each third look finds a reading due. */
    private static final Duration SELDOM = Duration.ofMillis(2_900);

    private static final String READY = "READY";

    private final MetricsEndpoint endpoint = new MetricsEndpoint();
    private final Map<String, Source<Metrics>> services = new LinkedHashMap<>();
    private final Map<String, Replica> replicas = new LinkedHashMap<>();
    private final Map<String, String> urls = new HashMap<>();
    private final SaleReader saleReader;
    private final RedisReader redisReader;
    private final Source<SaleFigures> sales;
    private final Source<RedisReader.Redis> redis;
    private final SaleTrends trends = new SaleTrends();
    private final ServerTrend server = new ServerTrend();
    private final Processes processes = new Processes();

    public Sampler(Context context) {
        this.saleReader = new SaleReader(ReadOnlyDatabases.of(context));
        this.redisReader = RedisReader.of(context);
        this.sales = new Source<>("sales", saleReader::read, GOOD_FOR);
        this.redis = new Source<>("redis", redisReader::read, GOOD_FOR);
    }

    /** @param state the processes of the platform at this moment */
    public Sample take(PlatformState state, long atMillis) throws InterruptedException {
        follow(state);
        read();
        var missing = new ArrayList<Missing>();
        missingServices(state, missing);
        var soldNow = sales.fresh();
        if (soldNow == null) missing.add(new Missing("PostgreSQL", "sales, units, lines", sales.failure()));
        var redisNow = redis.fresh();
        if (redisNow == null) missing.add(new Missing("Redis", "operations, memory", redis.failure()));
        var salesNow = soldNow == null ? null : trends.take(soldNow.value().sales(), soldNow.nanos());
        var queues = replicas.entrySet().stream()
                .filter(replica -> replica.getValue().isKnown())
                .map(replica -> Queues.of(replica.getKey(), replica.getValue()))
                .toList();
        return new Sample(
                atMillis,
                state.state(),
                TrafficSum.of(replicas),
                salesNow,
                trends.focus(),
                soldNow == null ? null : soldNow.value().switches(),
                queues,
                soldNow == null ? null : server.take(soldNow.value().server(), soldNow.nanos()),
                redisNow == null ? null : now(redisNow.value()),
                processes.read(state, replicas),
                missing);
    }

    private static RedisNow now(RedisReader.Redis redis) {
        return new RedisNow(
                redis.operationsPerSecond(),
                redis.usedBytes(),
                redis.clients(),
                redis.evictedKeys(),
                redis.roundTripMillis());
    }

    /** Replicas come and go. */
    private void follow(PlatformState state) {
        var known = state.services().stream()
                .filter(service -> !service.name().equals("discovery"))
                .collect(Collectors.toMap(PlatformState.Service::id, service -> service));
        // a container that takes another's place has its number, and another address
        var stays = known.values().stream()
                .filter(service -> service.managementUrl().equals(urls.get(service.id())))
                .map(PlatformState.Service::id)
                .collect(Collectors.toSet());
        services.keySet().retainAll(stays);
        replicas.keySet().retainAll(stays);
        urls.clear();
        known.forEach((id, service) -> {
            services.computeIfAbsent(id, _ -> source(service));
            replicas.computeIfAbsent(id, _ -> new Replica());
            urls.put(id, service.managementUrl());
        });
    }

    private Source<Metrics> source(PlatformState.Service service) {
        var url = service.managementUrl();
        var families = Metrics.familiesOf(service.name(), service.pid() == null);
        var every = EACH_SECOND.contains(service.name()) ? Duration.ZERO : SELDOM;
        return new Source<>(service.id(), () -> endpoint.read(url, families), every, GOOD_FOR.plus(every));
    }

    private void read() throws InterruptedException {
        var all = new ArrayList<Source<?>>(services.values());
        all.add(sales);
        all.add(redis);
        all.forEach(Source::begin);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var source : all) source.await(Duration.ofNanos(deadline - System.nanoTime()));
    }

    private void missingServices(PlatformState state, List<Missing> missing) {
        services.forEach((id, source) -> {
            var replica = replicas.getOrDefault(id, new Replica());
            var reading = source.fresh();
            if (reading != null) {
                replica.take(reading);
            } else {
                replica.forget();
                missing.add(new Missing(id, "its rates and queues", reason(state, id, source)));
            }
        });
    }

    private static String reason(PlatformState state, String id, Source<?> source) {
        return state.services().stream()
                .filter(service -> service.id().equals(id) && !service.state().equals(READY))
                .map(service -> "the process is " + service.state())
                .findFirst()
                .orElseGet(source::failure);
    }

    /** Called after a pause: rates over it would be wrong. */
    public void forget() {
        replicas.values().forEach(Replica::forget);
        server.forget();
    }

    @Override
    public void close() {
        var all = new ArrayList<Source<?>>(services.values());
        all.add(sales);
        all.add(redis);
        all.forEach(Source::stop);
        endpoint.close();
        saleReader.close();
        redisReader.close();
    }
}
