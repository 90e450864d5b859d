package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Operators steer a running platform: each switch by the public API, and the pace of a sale. */
class SwitchesIT {

    /** From the response to the operator until every replica obeys. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Of one switch, off and on again. A machine of two cores that is busy elsewhere may spoil one change. */
    private static final int FLIPS = 4;

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();

    @AfterEach
    void everythingIsOnAgain() {
        for (var name : List.of("admission", "payments", "purchases")) turn(name, true);
        await().atMost(Shop.PATIENCE).until(() -> replicasThatObey("admission") == 0);
        var sale = shop.openSale(1);
        buys(shop.shopper(), sale);
    }

    @Test
    void without_payments_no_payment_begins_and_all_else_goes_on() {
        var sale = shop.openSale(FLIPS + 1);
        var ada = shop.shopper();
        var order = shop.reservedOrder(ada, sale);

        flips("payments", on -> arePaymentsStopped(ada, order) != on);
        turn("payments", false);
        await().atMost(Shop.PATIENCE).until(() -> arePaymentsStopped(ada, order));

        shop.pay(ada, order, "test-approve").isProblem(503, "payments-stopped");
        var bob = shop.shopper();
        var bobs = shop.reservedOrder(bob, sale);
        shop.api
                .post("/api/v1/orders/" + bobs + "/cancellation", bob.token(), Map.of())
                .is(202);
        shop.awaitState(ada, order, "RESERVED");
        turn("payments", true);
        await().atMost(LIMIT).until(() -> shop.pay(ada, order, "test-approve").status() == 202);
        shop.awaitState(ada, order, "PAID");
    }

    @Test
    void without_purchases_customers_browse_leave_and_cancel() {
        var sale = shop.openSale(3);
        var ada = shop.shopper();
        var order = shop.reservedOrder(ada, sale);
        var admission = shop.admission(shop.shopper(), sale);

        var bob = shop.shopper();
        flips("purchases", on -> (shop.join(bob, sale).status() == 503) != on);
        turn("purchases", false);
        await().atMost(Shop.PATIENCE).until(() -> shop.join(bob, sale).status() == 503);

        shop.join(bob, sale).isProblem(503, "browse-only");
        shop.order(bob, sale, admission).isProblem(503, "browse-only");
        shop.pay(ada, order, "test-approve").isProblem(503, "browse-only");
        for (var step : List.of("admissions", "waitlist-entries")) {
            shop.api
                    .post("/api/v1/sales/" + sale + "/" + step, bob.token(), Map.of("ticket", "x"))
                    .isProblem(503, "browse-only");
        }
        shop.api.get("/api/v1/sales/" + sale).is(200);
        shop.api.get("/api/v1/sales/" + sale + "/queue").is(200);
        shop.api.get("/api/v1/orders/" + order, ada.token()).is(200);
        shop.api
                .post("/api/v1/orders/" + order + "/cancellation", ada.token(), Map.of())
                .is(202);
        shop.api
                .post("/api/v1/sales/" + sale + "/pause", shop.operator(), Map.of())
                .is(200);
        shop.awaitState(ada, order, "CANCELLED");
    }

    @Test
    void without_admission_the_line_stands_still_and_moves_in_its_order_afterwards() {
        var sale = shop.openSale(2);
        var first = shop.shopper();
        var admission = shop.admission(first, sale);

        // both replicas and no other process obey this one
        flips("admission", this::followsAdmission);
        turn("admission", false);
        await().atMost(Shop.PATIENCE).until(() -> replicasThatObey("admission") == 2);

        var line = shop.shoppers(3);
        var tickets = line.stream().map(one -> shop.join(one, sale).is(201)).toList();
        assertThat(tickets).extracting(ticket -> ticket.text("state")).containsOnly("WAITING");
        await().during(Duration.ofSeconds(2)).atMost(Shop.PATIENCE).until(() -> served(sale) == 1);
        var order = shop.order(first, sale, admission).is(202).text("id");
        shop.awaitState(first, order, "RESERVED");

        turn("admission", true);
        await().atMost(Shop.PATIENCE).until(() -> served(sale) == 2);
        assertThat(line.stream().map(one -> stateOf(one, sale))).containsExactly("ADMITTED", "WAITING", "WAITING");
    }

    @Test
    void switches_reach_every_replica_while_redis_and_kafka_are_frozen_and_hold_without_the_catalog() {
        var sale = shop.openSale(1);
        var ada = shop.shopper();
        var order = shop.reservedOrder(ada, sale);
        var engines = Stream.of("redis", "kafka").mapToLong(platform::enginePid).toArray();
        Processes.signal("STOP", engines);
        try {
            flips("admission", this::followsAdmission);
            flips("payments", on -> arePaymentsStopped(ada, order) != on);
        } finally {
            Processes.signal("CONT", engines);
        }
        turn("payments", false);
        await().atMost(Shop.PATIENCE).until(() -> arePaymentsStopped(ada, order));
        var catalog = platform.pids("catalog-service").stream()
                .mapToLong(Long::longValue)
                .toArray();
        Processes.signal("STOP", catalog);
        try {
            await().during(Duration.ofSeconds(3)).atMost(Shop.PATIENCE).until(() -> arePaymentsStopped(ada, order));
        } finally {
            Processes.signal("CONT", catalog);
            await().atMost(Shop.PATIENCE).ignoreExceptions().until(() -> {
                turn("payments", true);
                return true;
            });
            shop.awaitRecovery();
        }
    }

    @Test
    void the_command_lists_and_turns_switches() {
        assertThat(command("switch")).matches("admission +on.*\\Rpayments +on.*\\Rpurchases +on.*");
        assertThat(command("switch", "payments", "off")).startsWith("payments    off since ");
        assertThat(command("switch")).containsPattern("payments +off since");
        assertThat(command("switch", "payments", "on")).startsWith("payments    on");
        for (var wrong : List.of(List.of("payments"), List.of("payments", "perhaps"), List.of("heating", "off"))) {
            var arguments = Stream.concat(Stream.of("switch"), wrong.stream()).toArray(String[]::new);
            assertThat(platform.command().run(arguments).exitCode())
                    .as("%s", wrong)
                    .isEqualTo(2);
        }
    }

    @Test
    void a_running_sale_admits_at_the_pace_that_an_operator_sets() {
        var sale = shop.openSale(60, Map.of("admissionsPerSecond", 1));
        var line = shop.shoppers(40);
        line.forEach(one -> shop.join(one, sale).is(201));
        assertThat(served(sale)).isLessThan(30);

        var changed = shop.api.put(
                "/api/v1/sales/" + sale + "/admission-pace", shop.operator(), Map.of("admissionsPerSecond", 1000));

        assertThat(changed.is(200).body().path("admissionsPerSecond").asInt()).isEqualTo(1000);
        await().atMost(Duration.ofSeconds(20)).until(() -> served(sale) == 40);
        shop.api
                .post("/api/v1/sales/" + sale + "/end", shop.operator(), Map.of())
                .is(200);
        shop.api
                .put("/api/v1/sales/" + sale + "/admission-pace", shop.operator(), Map.of("admissionsPerSecond", 5))
                .isProblem(409, "pace-not-changeable");
    }

    /** Turns the switch off and on again, and measures how long the platform takes to follow. */
    private void flips(String name, Predicate<Boolean> follows) {
        var times = new ArrayList<Duration>();
        for (int flip = 0; flip < FLIPS; flip++) {
            for (var on : List.of(false, true)) {
                turn(name, on);
                var begun = System.nanoTime();
                await().pollInterval(Duration.ofMillis(50))
                        .atMost(Shop.PATIENCE)
                        .until(() -> follows.test(on));
                times.add(Duration.ofNanos(System.nanoTime() - begun));
            }
        }
        times.sort(null);
        assertThat(times.get(times.size() - 2)).as("all but one of %s", times).isLessThan(LIMIT);
    }

    private boolean followsAdmission(boolean on) {
        return replicasThatObey("admission") == (on ? 0 : 2);
    }

    private boolean arePaymentsStopped(Shopper one, String order) {
        return shop.pay(one, order, "test-decline").status() == 503;
    }

    private void turn(String name, boolean on) {
        var answer = shop.api.put("/api/v1/switches/" + name, shop.operator(), Map.of("on", on));
        assertThat(answer.is(200).body().path("on").asBoolean()).isEqualTo(on);
    }

    /** The processes whose metric says that the switch is off for them. */
    private int replicasThatObey(String name) {
        return (int) Stream.of(platform.management(0), platform.management(6), platform.management(16))
                .filter(process -> new String(
                                process.get("/actuator/prometheus").bytes(), StandardCharsets.UTF_8)
                        .lines()
                        .anyMatch(line -> line.startsWith("switches_off{")
                                && line.contains("switch=\"" + name + "\"")
                                && line.endsWith(" 1.0")))
                .count();
    }

    private long served(String sale) {
        return shop.api
                .get("/api/v1/sales/" + sale + "/queue")
                .is(200)
                .body()
                .path("servingNumber")
                .asLong();
    }

    private String stateOf(Shopper one, String sale) {
        return shop.api
                .get("/api/v1/sales/" + sale + "/queue-tickets/mine", one.token())
                .is(200)
                .text("state");
    }

    private void buys(Shopper one, String sale) {
        var order = shop.reservedOrder(one, sale);
        shop.pay(one, order, "test-approve").is(202);
        shop.awaitState(one, order, "PAID");
    }

    private String command(String... arguments) {
        var result = platform.command().run(arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output().strip();
    }
}
