package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Redis loses its data, dies and hangs during a sale: customers only wait a moment longer. */
class RedisIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration BACK_SOON = Duration.ofSeconds(5);

    /** After a loss, a turn that had come may take this long to come again. */
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private static final int UNITS = 40;
    private static final int PEOPLE = 100;

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();
    final RedisClient redis = platform.redis();
    final Queue<String> surprises = new ConcurrentLinkedQueue<>();

    private static final class Visitor {
        private final Shopper shopper;
        private String ticket = "";
        private long number;
        private String end = "NEVER TOLD";
        private long admittedAt = Long.MAX_VALUE;
        private long lastToldToWait;

        Visitor(Shopper shopper) {
            this.shopper = shopper;
        }
    }

    @Test
    void a_sale_goes_on_through_every_loss_of_redis_without_a_double_place_or_a_lost_one() throws Exception {
        var terms = Map.<String, Object>of("admissionsPerSecond", 4, "crowdFactor", 10.0);
        var sale = shop.openSale(UNITS, terms);
        var probes = shop.openSale(1_000);
        var visitors = shop.shoppers(PEOPLE).stream().map(Visitor::new).toList();
        for (var visitor : visitors)
            remember(visitor, shop.join(visitor.shopper, sale).is(201));
        assertThat(visitors).extracting(visitor -> visitor.number).doesNotHaveDuplicates();

        var recoveries = new ArrayList<Duration>();
        AllAtOnce.run(PEOPLE + 1, i -> {
            if (i < PEOPLE) visit(visitors.get(i), sale);
            else recoveries.addAll(disturb(probes));
            return i;
        });

        assertThat(surprises).isEmpty();
        // one slow moment of a busy machine is not what the promise is about
        assertThat(recoveries).hasSize(4);
        assertThat(recoveries.stream().sorted().toList().get(1))
                .as("of %s", recoveries)
                .isLessThan(BACK_SOON);
        await().atMost(PATIENCE).until(() -> orders(sale, "state = 'RESERVED'") == UNITS);
        assertThat(orders(sale, "true")).as("nobody was let in who got no unit").isEqualTo(UNITS);
        assertThat(platform.units(sale)).isEqualTo(new Units(UNITS, UNITS, 0));
        assertThat(platform.count("orders", "select count(distinct customer_id) from orders where sale_id = ?", sale))
                .isEqualTo(UNITS);
        assertThat(visitors).extracting(visitor -> visitor.end).containsOnly("BOUGHT", "SOLD_OUT");
        assertThat(inversions(visitors)).isEmpty();
        assertThat(redis.keysWithoutEnd()).isEmpty();
    }

    private List<Duration> disturb(String probes) {
        try {
            var recoveries = new ArrayList<Duration>();
            pause(1_500);
            redis.call("FLUSHALL");
            recoveries.add(untilAdmitted(probes));
            pause(ThreadLocalRandom.current().nextInt(1_000));
            Processes.signal("KILL", platform.enginePid("redis"));
            pause(500);
            await().atMost(PATIENCE).until(redis::answers);
            recoveries.add(untilAdmitted(probes));
            pause(ThreadLocalRandom.current().nextInt(1_000));
            var hanging = platform.enginePid("redis");
            Processes.signal("STOP", hanging);
            pause(2_000);
            Processes.signal("CONT", hanging);
            recoveries.add(untilAdmitted(probes));
            redis.call("CLIENT", "PAUSE", "2000", "ALL");
            pause(2_000);
            recoveries.add(untilAdmitted(probes));
            return recoveries;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The time until a new customer is admitted. */
    private Duration untilAdmitted(String sale) {
        var back = System.nanoTime();
        var probe = shop.shopper();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> shop.join(probe, sale).text("state").equals("ADMITTED"));
        return Duration.ofNanos(System.nanoTime() - back);
    }

    private void visit(Visitor me, String sale) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && me.end.equals("NEVER TOLD")) {
            var asked = System.nanoTime();
            var answer = shop.api.post(
                    "/api/v1/sales/" + sale + "/admissions", me.shopper.token(), Map.of("ticket", me.ticket));
            switch (answer.status() + " " + answer.text("code")) {
                case "201 " -> order(me, sale, answer.text("admission"));
                case "409 SOLD_OUT" -> me.end = "SOLD_OUT";
                case "409 NOT_YOUR_TURN" -> me.lastToldToWait = asked;
                case "503 WAITING_ROOM_UNAVAILABLE" -> rejoin(me, sale, answer);
                case "503 OVERLOADED", "429 TOO_MANY_REQUESTS" -> pause(500);
                default -> surprises.add("claim of " + me.number + ": " + answer);
            }
            pause(400);
        }
    }

    /** Joins again with the ticket, as the page does when it has lost its place. */
    private void rejoin(Visitor me, String sale, Answer unavailable) {
        if (unavailable.header("retry-after").isEmpty()) surprises.add("503 without Retry-After");
        var again = shop.api.post(
                "/api/v1/sales/" + sale + "/queue-tickets", me.shopper.token(), Map.of("ticket", me.ticket));
        switch (again.status()) {
            case 201 -> remember(me, again);
            case 409, 429, 503 -> pause(100);
            default -> surprises.add("join of " + me.number + ": " + again);
        }
        var queue = shop.api.get("/api/v1/sales/" + sale + "/queue");
        if (queue.status() != 200 && queue.status() != 429) surprises.add("queue: " + queue);
    }

    private void remember(Visitor me, Answer joined) {
        var number = joined.body().path("number").asLong();
        if (me.number != 0 && me.number != number) surprises.add("number " + me.number + " became " + number);
        me.number = number;
        me.ticket = joined.text("ticket");
    }

    private void order(Visitor me, String sale, String admission) {
        me.admittedAt = System.nanoTime();
        var order = shop.order(me.shopper, sale, admission);
        if (order.status() == 202) me.end = "BOUGHT";
        else if (order.status() != 429 && order.status() != 503) surprises.add("order of " + me.number + ": " + order);
    }

    /** Customers still told to wait when one behind them had been admitted more than a moment before. */
    private static List<String> inversions(List<Visitor> visitors) {
        var found = new ArrayList<String>();
        for (var behind : visitors) {
            if (behind.admittedAt == Long.MAX_VALUE) continue;
            for (var front : visitors) {
                var waited = front.lastToldToWait - behind.admittedAt;
                if (front.number < behind.number && waited > MOMENT.toNanos())
                    found.add(behind.number + " before " + front.number);
            }
        }
        return found;
    }

    private long orders(String sale, String condition) {
        return platform.count("orders", "select count(*) from orders where sale_id = ? and " + condition, sale);
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
    }
}
