package com.flashsale.waitlist.room;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class CrowdRaceIT {

    private static final int PEOPLE = 200;
    private static final long GIVE_UP = 120_000_000_000L;

    private final int port;
    private final StringRedisTemplate redis;
    private final JdbcClient jdbc;
    private final Map<Long, UUID> admitted = new ConcurrentHashMap<>();
    private final Set<Long> admittedTwice = ConcurrentHashMap.newKeySet();

    CrowdRaceIT(@LocalServerPort int port, @Autowired StringRedisTemplate redis, @Autowired JdbcClient jdbc) {
        this.port = port;
        this.redis = redis;
        this.jdbc = jdbc;
    }

    @Test
    void two_hundred_people_who_come_buy_or_dawdle_never_hold_more_promises_than_there_are_goods() {
        var sale = ASale.of(20)
                .with("crowdFactor", 20.0)
                .with("turnDuration", "PT1S")
                .with("admissionDuration", "PT1S")
                .scheduled()
                .knownTo(port);
        var inventory = AnInventory.of(sale).told();
        new AShopper(port).mine(sale.id());
        var sampler = new Sampler(redis, sale);

        var ends = allAtOnce(people(sale, inventory));

        assertThat(ends).as("somebody was promised a unit that was not there").doesNotContain("REFUSED");
        assertThat(sampler.stop()).isGreaterThan(100);
        assertThat(sampler.violations).isEmpty();
        assertThat(inventory.available()).isZero();
        assertThat(liveTwice(sale)).isZero();
        assertThat(admittedTwice).isEmpty();
    }

    private List<Callable<String>> people(ASale sale, AnInventory inventory) {
        var people = new ArrayList<Callable<String>>();
        for (int i = 0; i < PEOPLE; i++) people.add(() -> visit(sale, inventory));
        return people;
    }

    /** Joins, polls, claims; then one in three buys, the others let their admission lapse and join again. */
    private String visit(ASale sale, AnInventory inventory) {
        var me = new AShopper(port);
        var deadline = System.nanoTime() + GIVE_UP;
        while (System.nanoTime() < deadline) {
            var joined = me.join(sale.id());
            if (joined.status() != 201) return joined.code();
            var admission = joined.state().equals("ADMITTED") ? joined.text("admission") : claim(me, sale, joined);
            if (admission.equals("SOLD_OUT")) return admission;
            if (admission.isEmpty()) continue;
            note(admission);
            if (ThreadLocalRandom.current().nextInt(3) == 0) {
                var order = UUID.randomUUID();
                if (!me.tryOrder(order, admission)) continue;
                // its news takes as long as it likes, also longer than the admission
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(3_000_000_000L));
                me.tellOrder(order, sale.id(), admission, 1);
                // what the room hears of a decision before it hears of the order counts a unit twice for a moment:
                // another test
                while (!isOrdered(admission) || isStillToLapse(sale, admission)) LockSupport.parkNanos(20_000_000);
                return inventory.decide(order, me.id(), 1) ? "BOUGHT" : "REFUSED";
            }
            LockSupport.parkNanos(1_700_000_000L);
        }
        throw new AssertionError("neither a unit nor an answer");
    }

    /** The same admission may be shown again while it lives, another one with the same number never. */
    private void note(String admission) {
        var number = AShopper.claims(admission).path("number").asLong();
        var before = admitted.putIfAbsent(number, AShopper.admissionId(admission));
        if (before != null && !before.equals(AShopper.admissionId(admission))) admittedTwice.add(number);
    }

    private static String claim(AShopper me, ASale sale, AShopper.Answer joined) {
        while (!Thread.currentThread().isInterrupted()) {
            var claim = me.claim(sale.id(), joined.text("ticket"));
            if (claim.status() == 201) return claim.text("admission");
            if (claim.code().equals("SOLD_OUT")) return "SOLD_OUT";
            if (claim.code().equals("TURN_PASSED")) return "";
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("stopped while waiting for the turn");
    }

    private boolean isOrdered(String admission) {
        return jdbc.sql("select state from admission where id = :id")
                .param(
                        "id",
                        UUID.fromString(AShopper.claims(admission).path("jti").asString()))
                .query(String.class)
                .single()
                .equals("ORDERED");
    }

    /** PostgreSQL knows of the order first, the room a moment later. */
    private boolean isStillToLapse(ASale sale, String admission) {
        var lapse = promise(sale, admission);
        return lapse != null && lapse < RoomChanges.IN_FLIGHT;
    }

    private @Nullable Double promise(ASale sale, String admission) {
        var number = AShopper.claims(admission).path("number").asString();
        return redis.opsForZSet().score("wr:{" + sale.id() + "}:promises", number);
    }

    private long liveTwice(ASale sale) {
        return jdbc.sql("""
                select count(*)
                  from (select customer_id
                          from admission
                         where sale_id = :sale
                           and state = 'ISSUED'
                         group by customer_id
                        having count(*) > 1) as twice
                """).param("sale", sale.id()).query(Long.class).single();
    }

    /** Reads the room in one atomic look, as often as it can. */
    private static final class Sampler {

        private final List<String> violations = new ArrayList<>();
        private final StringRedisTemplate redis;
        private final String key;
        private final Thread thread;
        private volatile boolean running = true;
        private int samples;

        Sampler(StringRedisTemplate redis, ASale sale) {
            this.redis = redis;
            this.key = "wr:{" + sale.id() + "}:room";
            this.thread = Thread.ofPlatform().start(this::run);
        }

        private void run() {
            while (running) {
                List<Object> figures = redis.opsForHash()
                        .multiGet(key, List.of("available", "promised", "flying", "issued", "serving", "ceiling"));
                if (figures.getFirst() == null) continue;
                var it = figures.stream()
                        .mapToLong(figure -> Long.parseLong((String) figure))
                        .toArray();
                samples++;
                if (it[1] - it[2] > it[0]) violations.add("promised " + it[1] + " flying " + it[2] + " of " + it[0]);
                if (it[4] > it[3] || it[3] > it[5])
                    violations.add("serving, issued, ceiling " + List.of(it[4], it[3], it[5]));
                LockSupport.parkNanos(1_000_000);
            }
        }

        int stop() {
            running = false;
            try {
                thread.join();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            return samples;
        }
    }
}
