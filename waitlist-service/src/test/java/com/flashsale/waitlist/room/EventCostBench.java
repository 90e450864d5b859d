package com.flashsale.waitlist.room;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.platform.test.Race;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestEngines;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The processor time of the events of orders, sent as the relays send them: each service ten batches a second. An order
 * has two events, and each batch of decisions one of the stock. By {@code FLASHSALE_ENGINES=embedded ./flashsale test
 * -pl waitlist-service -am -Dtest=EventCostBench -Dsurefire.failIfNoSpecifiedTests=false}; it is no test and judges
 * nothing.
 */
@ServiceTest
class EventCostBench {

    private static final int ORDERS = 1_500;
    private static final int BATCH = 15;
    private static final int TURNS = 5;
    private static final Duration RELAY = Duration.ofMillis(100);
    private static final int CALLERS = 16;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final int port;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private int decided;
    private long version = 1;

    EventCostBench(@LocalServerPort int port, @Autowired JdbcClient jdbc, @Autowired JsonMapper json) {
        this.port = port;
        this.jdbc = jdbc;
        this.json = json;
    }

    private record Placed(UUID order, UUID customer, UUID admission) {}

    @Test
    void events() {
        var sale = ASale.of(1_000_000)
                .with("admissionsPerSecond", 100_000)
                .scheduled()
                .knownTo(port);
        AnInventory.of(sale).told();
        try (var kafka = new KafkaProducer<String, byte[]>(
                Map.of("bootstrap.servers", TestEngines.kafka().url(), "linger.ms", 2),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int turn = 1; turn <= TURNS; turn++) turn(turn, sale.id(), kafka);
        }
    }

    private void turn(int turn, UUID sale, KafkaProducer<String, byte[]> kafka) {
        var orders = Race.allAtOnce(CALLERS, () -> placed(sale)).stream()
                .flatMap(List::stream)
                .toList();
        double idle = coresIdle();
        long begun = System.nanoTime();
        double used = cpu();
        for (int i = 0; i < orders.size(); i += BATCH) {
            var batch = orders.subList(i, Math.min(i + BATCH, orders.size()));
            batch.forEach(order -> send(kafka, "order.order", sale, "order.order.placed.v1", placedData(sale, order)));
            pause(RELAY.dividedBy(2));
            decided += batch.size();
            version++;
            batch.forEach(order -> send(
                    kafka,
                    "inventory.reservation",
                    order.order(),
                    "inventory.reservation.held.v1",
                    heldData(sale, order)));
            var stock = stock();
            stock.put("saleId", sale);
            send(kafka, "inventory.stock", sale, "inventory.stock.changed.v1", stock);
            pause(RELAY.dividedBy(2));
        }
        Awaitility.await().until(() -> undecided(sale) == 0);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double millis = (cpu() - used) * 1e3;
        System.out.printf(
                "cost  turn %d  %.2f ms an order with its events, %.2f of them without the idle service's %.3f cores%n",
                turn, millis / orders.size(), (millis - idle * seconds * 1e3) / orders.size(), idle);
    }

    private List<Placed> placed(UUID sale) {
        return java.util.stream.IntStream.range(0, ORDERS / CALLERS)
                .mapToObj(_ -> {
                    var shopper = new AShopper(port);
                    var admission = shopper.join(sale).text("admission");
                    return new Placed(UUID.randomUUID(), shopper.id(), AShopper.admissionId(admission));
                })
                .toList();
    }

    private long undecided(UUID sale) {
        return jdbc.sql("select count(*) from admission where sale_id = ? and state <> 'DECIDED'")
                .param(sale)
                .query(Long.class)
                .single();
    }

    private double coresIdle() {
        long begun = System.nanoTime();
        double used = cpu();
        pause(Duration.ofSeconds(5));
        return (cpu() - used) / ((System.nanoTime() - begun) / 1e9);
    }

    /** Seconds of this process without the threads that only this bench has. */
    private static double cpu() {
        var threads = ManagementFactory.getThreadMXBean();
        long ours = 0;
        for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread == null) continue;
            var name = thread.getThreadName();
            if (thread.getThreadId() == Thread.currentThread().threadId()
                    || name.equals("order-service")
                    || name.startsWith("kafka-producer-network-thread")) {
                ours += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return (SYSTEM.getProcessCpuTime() - ours) / 1e9;
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private Map<String, Object> stock() {
        var stock = new LinkedHashMap<String, Object>();
        stock.put("allotted", 1_000_000);
        stock.put("available", 1_000_000 - decided);
        stock.put("reserved", decided);
        stock.put("sold", 0);
        stock.put("version", version);
        return stock;
    }

    private static Map<String, Object> placedData(UUID sale, Placed order) {
        return Map.of(
                "orderId", order.order(),
                "saleId", sale,
                "customerId", order.customer(),
                "quantity", 1,
                "admissionId", order.admission(),
                "placedAt", Instant.now().toString());
    }

    private Map<String, Object> heldData(UUID sale, Placed order) {
        return Map.of(
                "orderId", order.order(),
                "saleId", sale,
                "customerId", order.customer(),
                "quantity", 1,
                "reservationId", UUID.randomUUID(),
                "expiresAt", Instant.now().plusSeconds(600).toString(),
                "stock", stock());
    }

    private void send(
            KafkaProducer<String, byte[]> kafka, String topic, UUID key, String type, Map<String, Object> data) {
        var message = new ProducerRecord<>(topic, key.toString(), json.writeValueAsBytes(data));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_source",
                        "/test",
                        "ce_type",
                        "com.flashsale." + type,
                        "ce_subject",
                        key.toString(),
                        "ce_time",
                        Instant.now().toString())
                .forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        kafka.send(message);
    }
}
