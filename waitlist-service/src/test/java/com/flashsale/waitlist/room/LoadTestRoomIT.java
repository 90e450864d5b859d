package com.flashsale.waitlist.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.loadtest.PurgeRun;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.platform.test.TestTokens;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/** A load test has rooms of its own, and leaves neither rows nor keys behind. */
@ServiceTest
class LoadTestRoomIT {

    private static final List<String> TABLES = List.of(
            "sale",
            "waiting_room",
            "number_gap",
            "lobby_place",
            "admission",
            "admitted_order",
            "waitlist_entry",
            "stock");

    private final String run = "evening-" + UUID.randomUUID();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    StringRedisTemplate redis;

    @Autowired
    LoadTests loadTests;

    @BeforeEach
    void served() {
        await().until(loadTests::areServed);
    }

    @Test
    void no_customer_joins_a_sale_of_the_other_side() {
        var real = ASale.of(5).scheduled().knownTo(port);
        var ghostly = ASale.of(5).in(run).scheduled().knownTo(port);
        var person = new AShopper(port);
        var ghost = AShopper.in(run, port);
        for (var refused : List.of(
                person.join(ghostly.id()),
                ghost.join(real.id()),
                AShopper.in("other", port).join(ghostly.id()),
                person.joinWaitlist(ghostly.id()),
                ghost.joinWaitlist(real.id()))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("LOAD_TEST_MISMATCH");
        }
        assertThat(person.join(real.id()).state()).isEqualTo("ADMITTED");
        assertThat(ghost.join(ghostly.id()).state()).isEqualTo("ADMITTED");
        assertThat(rows("sale", "sale_id = '" + ghostly.id() + "' and load_test = '" + run + "'"))
                .isEqualTo(1);
        assertThat(rows("sale", "sale_id = '" + real.id() + "' and load_test is null"))
                .isEqualTo(1);
        assertThat(rows("load_run_key", "run = '" + run + "'"))
                .as("a sale that is known needs none")
                .isZero();
    }

    @Test
    void purged_its_rooms_are_gone_from_tables_redis_and_memory_and_do_not_come_back() {
        var real = ASale.of(5).scheduled().knownTo(port);
        assertThat(new AShopper(port).join(real.id()).state()).isEqualTo("ADMITTED");
        var ghostly = ASale.of(5).in(run).scheduled().knownTo(port);
        assertThat(AShopper.in(run, port).join(ghostly.id()).state()).isEqualTo("ADMITTED");
        assertThat(keysOf(ghostly)).isPositive();

        // not served, so it need not be quiet
        jdbc.sql("update load_switch set served = false").update();
        await().until(() -> !loadTests.areServed());
        post("/closing");
        jdbc.sql("update load_switch set served = true").update();
        var report = post("/purge");
        assertThat(report.tables()).allSatisfy(table -> {
            assertThat(table.left()).isZero();
            assertThat(table.after()).isEqualTo(table.before());
        });
        assertThat(report.traces()).allSatisfy(trace -> assertThat(trace.left()).isZero());
        ghostly.paused();
        var later = ASale.of(1).scheduled().knownTo(port);
        assertThat(later.id()).isNotNull();

        assertThat(report.tables()).extracting(PurgeRun.Table::name).containsAll(TABLES);
        for (var table : TABLES) {
            assertThat(rows(table, "sale_id = '" + ghostly.id() + "'"))
                    .as(table)
                    .isZero();
        }
        assertThat(rows("admission", "sale_id = '" + real.id() + "'")).isEqualTo(1);
        assertThat(keysOf(ghostly)).isZero();
        assertThat(keysOf(real)).isPositive();
        assertThat(new AShopper(port).queue(ghostly.id()).status()).isEqualTo(404);
        assertThat(new AShopper(port).join(real.id()).state()).isEqualTo("ADMITTED");
    }

    @Test
    void events_that_came_before_their_sale_leave_nothing_if_the_sale_never_comes() {
        var sale = UUID.randomUUID();
        var order = Map.<String, Object>of(
                "orderId", UUID.randomUUID(),
                "saleId", sale,
                "customerId", UUID.randomUUID(),
                "quantity", 1,
                "admissionId", UUID.randomUUID());
        produce("order.order", sale, "com.flashsale.order.order.placed.v1", order);
        var stock = Map.<String, Object>of(
                "saleId", sale, "allotted", 2, "available", 1, "reserved", 1, "sold", 0, "version", 2);
        produce("inventory.stock", sale, "com.flashsale.inventory.stock.changed.v1", stock);
        var early = List.of("admitted_order", "stock");
        var ofSale = "sale_id = '" + sale + "'";
        for (var table : early) await().until(() -> rows(table, ofSale) == 1);
        post("/closing");
        post("/purge");
        for (var table : early) assertThat(rows(table, ofSale)).as(table).isZero();
    }

    private void produce(String topic, UUID sale, String type, Map<String, Object> data) {
        TestKafka.produceTagged(run, topic, sale.toString(), type, data);
    }

    @Test
    void a_room_that_was_built_while_its_sale_was_removed_is_found_by_the_next_purge() {
        var real = ASale.of(5).scheduled().knownTo(port);
        assertThat(new AShopper(port).join(real.id()).state()).isEqualTo("ADMITTED");
        var orphan = "wr:{" + UUID.randomUUID() + "}:room";
        redis.opsForHash().put(orphan, "epoch", "1");
        redis.expire(orphan, Duration.ofMinutes(5));
        post("/closing");
        assertThat(post("/purge").traces().stream()
                        .mapToLong(PurgeRun.Trace::removed)
                        .sum())
                .isPositive();
        assertThat(redis.hasKey(orphan)).isFalse();
        assertThat(keysOf(real)).isPositive();
    }

    private PurgeRun.Report post(String action) {
        var answer = RestClient.create("http://127.0.0.1:" + port)
                .post()
                .uri("/internal/v1/load-tests/runs/" + run + action)
                .headers(headers -> headers.setBearerAuth(TestTokens.loadTest()))
                .retrieve();
        return action.equals("/purge")
                ? answer.body(PurgeRun.Report.class)
                : new PurgeRun.Report(run + answer.toBodilessEntity().getStatusCode(), List.of(), List.of());
    }

    private int keysOf(ASale sale) {
        return redis.keys("wr:{" + sale.id() + "}:*").size();
    }

    private int rows(String table, String condition) {
        return jdbc.sql("select count(*) from " + table + " where " + condition)
                .query(Integer.class)
                .single();
    }
}
