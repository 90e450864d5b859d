package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many customers and few units: the sequence of admissions and the answer to each customer. */
class CrowdIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int UNITS = 20;
    private static final int PLACES = 80;
    private static final int PEOPLE = 120;
    private static final int WORKERS = 40;

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();
    final Admissions admissions = new Admissions("k1:" + platform.secret("admission-key.k1"));

    private record Visit(String end, long number) {}

    @Test
    void a_crowd_six_times_the_stock_is_served_in_its_order_and_each_customer_learns_how_it_ended() {
        var sale = shop.openSale(UNITS, Map.of("crowdFactor", 4.0, "admissionDuration", "PT3S"));
        var people = shop.shoppers(PEOPLE);

        var visits = AllAtOnce.run(PEOPLE, i -> visit(people.get(i), sale, i % 4 == 0));

        var ends = visits.stream().collect(Collectors.groupingBy(Visit::end, Collectors.counting()));
        assertThat(ends.get("BOUGHT")).isEqualTo(UNITS);
        assertThat(ends.keySet()).isSubsetOf("BOUGHT", "DAWDLED", "TOO_LATE", "SOLD_OUT", "CROWD_FULL");
        assertThat(ends.getOrDefault("CROWD_FULL", 0L)).isGreaterThanOrEqualTo(PEOPLE - PLACES - UNITS);
        await().atMost(PATIENCE).until(() -> orders(sale, "state = 'RESERVED'") == UNITS);
        assertThat(orders(sale, "true")).as("nobody was let in who got no unit").isEqualTo(UNITS);
        assertThat(platform.units(sale).reserved()).isEqualTo(UNITS);
        // admitted customers, dawdlers too, have smaller numbers than all other customers
        var admitted = visits.stream()
                .filter(visit -> List.of("BOUGHT", "DAWDLED", "TOO_LATE").contains(visit.end()))
                .map(Visit::number)
                .toList();
        assertThat(admitted)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, admitted.size())
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    private Visit visit(Shopper me, String sale, boolean dawdles) {
        var joined = patiently(() -> shop.join(me, sale));
        if (joined.status() == 409) return new Visit(joined.text("code"), 0);
        var number = joined.is(201).body().path("number").asLong();
        var claim = Map.of("ticket", joined.text("ticket"));
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var answer = patiently(() -> shop.api.post("/api/v1/sales/" + sale + "/admissions", me.token(), claim));
            if (answer.status() == 201) {
                if (dawdles) return new Visit("DAWDLED", number);
                var expiresAt = Instant.parse(answer.text("expiresAt"));
                var order = patiently(() -> shop.order(me, sale, answer.text("admission")));
                // on a busy machine the admission may expire before the order arrives
                if (order.status() == 403 && !Instant.now().isBefore(expiresAt)) return new Visit("TOO_LATE", number);
                order.is(202);
                return new Visit("BOUGHT", number);
            }
            if (answer.text("code").equals("SOLD_OUT")) return new Visit("SOLD_OUT", number);
            assertThat(answer.text("code")).isEqualTo("NOT_YOUR_TURN");
            LockSupport.parkNanos(200_000_000);
        }
        return new Visit("NEVER TOLD", number);
    }

    @Test
    void one_customer_who_joins_five_hundred_times_at_once_keeps_one_number() {
        var sale = shop.openSale(5);
        var ada = shop.shopper();
        shop.join(shop.shopper(), sale).is(201);

        var straight = AllAtOnce.run(
                500,
                i -> patiently(() -> platform.waitlistService(1 + i % 2)
                        .post("/api/v1/sales/" + sale + "/queue-tickets", ada.token(), Map.of())));
        // the gateway limits the rate of one customer
        var throughTheDoor = AllAtOnce.run(500, _ -> shop.join(ada, sale));

        assertThat(straight).extracting(Answer::status).containsOnly(201);
        assertThat(throughTheDoor).extracting(Answer::status).isSubsetOf(201, 429, 503);
        assertThat(straight)
                .extracting(answer -> answer.body().path("number").asLong())
                .containsOnly(2L);
        assertThat(throughTheDoor)
                .filteredOn(answer -> answer.status() == 201)
                .isNotEmpty()
                .extracting(answer -> answer.text("ticket"))
                .containsOnly(straight.getFirst().text("ticket"));
        assertThat(platform.count("waitlist", "select count(*) from admission where sale_id = ?", sale))
                .isEqualTo(2);
    }

    @Test
    void a_thousand_admissions_that_are_none_make_no_order_at_order_services_own_port() {
        var sale = shop.openSale(50);
        var ada = shop.shopper();
        var eve = shop.shopper();
        var used = admissions.of(ada, sale);
        Shop.orderAt(
                        platform.orderService(1),
                        ada,
                        sale,
                        used,
                        UUID.randomUUID().toString())
                .is(202);
        var ticket = shop.join(ada, shop.openSale(1)).is(201).text("ticket");
        var bad = new ArrayList<String>();
        var past = Instant.now().getEpochSecond();
        for (int i = 0; i < 100; i++) {
            bad.add(used);
            bad.add(admissions.of(eve, sale));
            bad.add(admissions.of(ada, UUID.randomUUID().toString()));
            bad.add(admissions.of(ada, sale, Map.of("exp", past - i)));
            bad.add(new Admissions("k1:" + "A".repeat(42) + (char) ('A' + i % 26) + "=").of(ada, sale));
            bad.add(new Admissions("k" + i + 2 + ":" + "A".repeat(43) + "=").of(ada, sale));
            bad.add(admissions.of(ada, sale, Map.of("units", 0)));
            bad.add(ticket);
            bad.add(admissions.of(ada, sale).replaceFirst("\\.[^.]*\\.", "." + "e30" + "."));
            bad.add(i % 2 == 0 ? ada.token() : "rubbish");
        }

        var answers = AllAtOnce.run(
                        WORKERS,
                        worker -> IntStream.range(0, bad.size())
                                .filter(i -> i % WORKERS == worker)
                                .mapToObj(i -> tryOrder(ada, sale, bad.get(i), i))
                                .toList())
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(answers).hasSize(1_000);
        assertThat(answers).allSatisfy(answer -> answer.isProblem(403, "admission-invalid"));
        assertThat(orders(sale, "true")).isEqualTo(1);
    }

    /** Places an order directly at a replica, with retries while the service is busy. */
    private Answer tryOrder(Shopper shopper, String sale, String admission, int attempt) {
        var service = platform.orderService(1 + attempt % 2);
        return patiently(() -> Shop.orderAt(
                service, shopper, sale, admission, UUID.randomUUID().toString()));
    }

    private static Answer patiently(Callable<Answer> call) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .pollDelay(Duration.ZERO)
                // an honest client sends a request again when its connection has broken
                .ignoreException(UncheckedIOException.class)
                .until(call, answer -> answer.status() != 503 && answer.status() != 429);
    }

    @Test
    void a_ticket_of_another_customer_or_of_another_sale_opens_nothing() {
        var sale = shop.openSale(3);
        var ada = shop.shopper();
        var eve = shop.shopper();
        var adas = shop.join(ada, sale).is(201).text("ticket");
        var elsewhere = shop.join(eve, shop.openSale(1)).is(201).text("ticket");

        for (var bad : List.of(adas, elsewhere, adas + "A", admissions.of(eve, sale), "rubbish")) {
            shop.api
                    .post("/api/v1/sales/" + sale + "/admissions", eve.token(), Map.of("ticket", bad))
                    .isProblem(403, "ticket-invalid");
        }
        assertThat(platform.count("waitlist", "select count(*) from admission where sale_id = ?", sale))
                .isEqualTo(1);
    }

    @Test
    void while_kafka_stands_still_the_unit_of_an_admission_that_may_have_been_used_goes_to_nobody() {
        var sale = shop.openSale(1, Map.of("admissionDuration", "PT6S"));
        var ada = shop.shopper();
        var bob = shop.shopper();
        var kafka = platform.enginePid("kafka");
        var admission = shop.admission(ada, sale);
        var bobs = Map.of("ticket", shop.join(bob, sale).is(201).text("ticket"));
        var expired = Instant.now().plusSeconds(7);
        String order;
        Processes.signal("STOP", kafka);
        try {
            order = shop.order(ada, sale, admission).is(202).text("id");
            var seen = new HashMap<String, Integer>();
            await().atMost(PATIENCE).until(() -> {
                seen.merge(claim(bob, sale, bobs), 1, Integer::sum);
                return Instant.now().isAfter(expired.plusSeconds(3));
            });
            assertThat(seen.keySet()).containsExactly("NOT_YOUR_TURN");
        } finally {
            Processes.signal("CONT", kafka);
            shop.awaitRecovery();
        }

        await().atMost(PATIENCE)
                .until(() -> shop.api
                        .get("/api/v1/orders/" + order, ada.token())
                        .text("state")
                        .equals("RESERVED"));
        await().atMost(PATIENCE).until(() -> claim(bob, sale, bobs).equals("SOLD_OUT"));
        assertThat(orders(sale, "true")).isEqualTo(1);
    }

    private String claim(Shopper shopper, String sale, Map<String, String> ticket) {
        return shop.api
                .post("/api/v1/sales/" + sale + "/admissions", shopper.token(), ticket)
                .text("code");
    }

    private long orders(String sale, String condition) {
        return platform.count("orders", "select count(*) from orders where sale_id = ? and " + condition, sale);
    }
}
