package com.flashsale.waitlist.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.loadtest.PurgeRun;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import java.time.Duration;
import java.util.List;
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

    private static final List<String> TABLES =
            List.of("sale", "waiting_room", "admission", "admitted_order", "waitlist_entry", "stock", "number_gap");

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
        assertThat(rows("admission", "sale_id = '" + ghostly.id() + "' and load_test = '" + run + "'"))
                .isEqualTo(1);
        assertThat(rows("admission", "sale_id = '" + real.id() + "' and load_test is null"))
                .isEqualTo(1);
        assertThat(rows("waiting_room", "sale_id = '" + ghostly.id() + "' and load_test = '" + run + "'"))
                .isEqualTo(1);
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

        for (var table : TABLES) {
            assertThat(rows(table, "load_test = '" + run + "'")).as(table).isZero();
        }
        assertThat(rows("sale", "sale_id = '" + ghostly.id() + "'")).isZero();
        assertThat(keysOf(ghostly)).isZero();
        assertThat(keysOf(real)).isPositive();
        assertThat(new AShopper(port).queue(ghostly.id()).status()).isEqualTo(404);
        assertThat(new AShopper(port).join(real.id()).state()).isEqualTo("ADMITTED");
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
