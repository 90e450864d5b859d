package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Units that come back, through all services: from inventory to the next in line. */
class WaitlistIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();

    private record Waiting(Shopper shopper, String entry) {}

    @Test
    void units_that_come_back_are_offered_in_order_within_two_seconds() throws SQLException {
        var sale = shop.openSale(5);
        var buyers = shop.shoppers(5);
        var orders =
                buyers.stream().map(buyer -> shop.reservedOrder(buyer, sale)).toList();
        var line = line(sale, 6);

        for (int i = 0; i < orders.size(); i++) {
            shop.api
                    .post(
                            "/api/v1/orders/" + orders.get(i) + "/cancellation",
                            buyers.get(i).token(),
                            Map.of())
                    .is(202);
            awaitEntry(line.get(i), "OFFERED");
            assertThat(state(line.get(i + 1))).isEqualTo("WAITING");
        }

        // from the release in inventory to the offer, by the clocks of both databases
        var times = platform.milliseconds(
                "waitlist", "select id as at from admission where source = 'OFFER' and sale_id = ? order by id", sale);
        var freed = platform.milliseconds(
                "inventory",
                "select moved_at as at from ledger where kind = 'RELEASED' and sale_id = ? order by id",
                sale);
        assertThat(median(gaps(freed, times))).isLessThan(2_000);
        var offer = entry(line.getFirst());
        var order = shop.order(line.getFirst().shopper(), sale, offer.text("admission"))
                .is(202)
                .text("id");
        shop.awaitState(line.getFirst().shopper(), order, "RESERVED");
        awaitEntry(line.getFirst(), "ORDERED");
    }

    @Test
    void an_unused_offer_passes_on_within_two_seconds_and_at_the_end_every_customer_is_told() throws SQLException {
        var sale = shop.openSale(1, Map.of("offerDuration", "PT2S"));
        var buyer = shop.shopper();
        var order = shop.reservedOrder(buyer, sale);
        var line = line(sale, 8);

        shop.api
                .post("/api/v1/orders/" + order + "/cancellation", buyer.token(), Map.of())
                .is(202);

        awaitEntry(line.get(4), "OFFERED");
        assertThat(line.subList(0, 4)).extracting(this::state).containsOnly("LAPSED");
        var offered = platform.milliseconds(
                "waitlist", "select id as at from admission where source = 'OFFER' and sale_id = ? order by id", sale);
        var expired = platform.milliseconds(
                "waitlist",
                "select expires_at as at from admission where source = 'OFFER' and sale_id = ? order by id",
                sale);
        assertThat(median(gaps(expired, offered.subList(1, offered.size())))).isLessThan(2_000);
        // each offer came only after the offer before it had expired
        assertThat(gaps(expired, offered.subList(1, offered.size()))).allMatch(gap -> gap >= 0);

        shop.api.post("/api/v1/sales/" + sale + "/end", shop.operator(), Map.of());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(line).extracting(this::state).containsOnly("LAPSED", "CLOSED"));
    }

    @Test
    void a_customer_who_leaves_with_an_offer_cannot_use_it_any_more_when_the_next_one_gets_it() {
        var sale = shop.openSale(1);
        var buyer = shop.shopper();
        var order = shop.reservedOrder(buyer, sale);
        var line = line(sale, 2);
        var ada = line.getFirst();
        shop.api
                .post("/api/v1/orders/" + order + "/cancellation", buyer.token(), Map.of())
                .is(202);
        awaitEntry(ada, "OFFERED");
        var admission = entry(ada).text("admission");

        shop.api
                .delete("/api/v1/waitlist-entries/" + ada.entry(), ada.shopper().token())
                .is(204);

        awaitEntry(line.get(1), "OFFERED");
        shop.order(ada.shopper(), sale, admission).isProblem(403, "admission-invalid");
        assertThat(state(ada)).isEqualTo("LEFT");
    }

    private List<Waiting> line(String sale, int people) {
        await().atMost(PATIENCE)
                .until(() -> shop.api
                        .get("/api/v1/sales/" + sale + "/queue")
                        .text("state")
                        .equals("SOLD_OUT"));
        var line = new ArrayList<Waiting>();
        for (var shopper : shop.shoppers(people)) {
            var entry = shop.api
                    .post("/api/v1/sales/" + sale + "/waitlist-entries", shopper.token(), Map.of())
                    .is(201);
            assertThat(entry.body().path("position").asInt()).isEqualTo(line.size() + 1);
            line.add(new Waiting(shopper, entry.text("id")));
        }
        return line;
    }

    private Answer entry(Waiting waiting) {
        return shop.api
                .get(
                        "/api/v1/waitlist-entries/" + waiting.entry(),
                        waiting.shopper().token())
                .is(200);
    }

    private String state(Waiting waiting) {
        return entry(waiting).text("state");
    }

    private void awaitEntry(Waiting waiting, String state) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> state(waiting).equals(state));
    }

    private static List<Long> gaps(List<Long> before, List<Long> after) {
        var gaps = new ArrayList<Long>();
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) gaps.add(after.get(i) - before.get(i));
        return gaps;
    }

    /** One slow moment of a busy machine is not what the promise is about. */
    private static long median(List<Long> values) {
        assertThat(values).hasSizeGreaterThanOrEqualTo(3);
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
