package com.flashsale.waitlist.ticket;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.security.SignedTokens;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.flashsale.waitlist.AnOrderService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class TurnsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final int port;
    private final SignedTokens tokens;
    private final JdbcClient jdbc;

    TurnsIT(@LocalServerPort int port, @Autowired SignedTokens tokens, @Autowired JdbcClient jdbc) {
        this.port = port;
        this.tokens = tokens;
        this.jdbc = jdbc;
    }

    @Test
    void a_turn_that_is_not_claimed_goes_to_the_next_and_its_owner_may_join_again_with_the_same_number() {
        var sale = ASale.of(1).with("turnDuration", "PT6S").scheduled().knownTo(port);
        var first = new AShopper(port);
        var admission = first.join(sale.id()).text("admission");
        var ada = new AShopper(port);
        var adas = ada.join(sale.id()).text("ticket");
        var bob = new AShopper(port);
        var bobs = bob.join(sale.id()).text("ticket");
        // the order of the first one is refused: his unit is free for the next turn
        var order = first.order(sale.id(), admission, 5);
        AnInventory.of(sale).decide(order, first.id(), 5);

        await().atMost(SOON).until(() -> bob.claim(sale.id(), bobs).status() == 201);

        assertThat(ada.claim(sale.id(), adas).code()).isEqualTo("TURN_PASSED");
        assertThat(ada.mine(sale.id()).state()).isEqualTo("TURN_PASSED");
        var again = ada.join(sale.id());
        assertThat(again.state()).isEqualTo("WAITING");
        assertThat(again.number("number")).isEqualTo(2);
        assertThat(ada.claim(sale.id(), adas).code()).isEqualTo("NOT_YOUR_TURN");
    }

    @Test
    void an_admission_that_is_not_used_goes_to_the_next() {
        var sale = ASale.of(1).with("admissionDuration", "PT1S").scheduled().knownTo(port);
        AnOrderService.fallSilent(sale.id());
        var ada = new AShopper(port);
        var adas = ada.join(sale.id());
        assertThat(adas.state()).isEqualTo("ADMITTED");
        var bob = new AShopper(port);
        var bobs = bob.join(sale.id());
        assertThat(bobs.state()).isEqualTo("WAITING");
        AnOrderService.speak(sale.id());

        await().atMost(SOON)
                .until(() -> bob.claim(sale.id(), bobs.text("ticket")).status() == 201);

        assertThat(states(sale)).hasSize(2).contains("LAPSED");
        assertThat(ada.claim(sale.id(), adas.text("ticket")).code()).isEqualTo("TURN_PASSED");
    }

    @Test
    void claiming_again_gives_the_same_admission() {
        var sale = ASale.of(10).scheduled().knownTo(port);
        var ada = new AShopper(port);
        var joined = ada.join(sale.id());

        var claims = allAtOnce(50, () -> ada.claim(sale.id(), joined.text("ticket")));

        assertThat(claims).extracting(AShopper.Answer::status).containsOnly(201);
        assertThat(claims).extracting(claim -> claim.text("admission")).containsOnly(joined.text("admission"));
        assertThat(states(sale)).containsExactly("ISSUED");
        assertThat(ada.mine(sale.id()).text("admission")).isEqualTo(joined.text("admission"));
    }

    @Test
    void a_promise_counts_for_as_many_units_as_its_customer_may_take() {
        var sale = ASale.of(5).with("purchaseLimit", 2).scheduled().knownTo(port);

        var units = java.util.stream.IntStream.range(0, 3)
                .mapToObj(_ -> new AShopper(port).join(sale.id()).text("admission"))
                .map(admission -> AShopper.claims(admission).path("units").asInt())
                .toList();

        assertThat(units).containsExactly(2, 2, 1);
        assertThat(new AShopper(port).join(sale.id()).state()).isEqualTo("WAITING");
    }

    @Test
    void a_customer_is_told_for_how_many_units_the_admission_is() {
        var sale = ASale.of(3).with("purchaseLimit", 2).scheduled().knownTo(port);
        var ada = new AShopper(port);
        var bob = new AShopper(port);

        assertThat(ada.join(sale.id()).number("units")).isEqualTo(2);
        assertThat(bob.join(sale.id()).number("units")).isEqualTo(1);
        assertThat(ada.mine(sale.id()).number("units")).isEqualTo(2);
        var claimed = bob.claim(sale.id(), bob.join(sale.id()).text("ticket"));
        assertThat(claimed.number("units")).isEqualTo(1);
    }

    @Test
    void an_admission_ends_with_its_sale_at_the_latest() {
        var end = Instant.now().plusSeconds(30);
        var sale = ASale.of(1).with("closesAt", end.toString()).scheduled().knownTo(port);

        var expiresAt = Instant.parse(new AShopper(port).join(sale.id()).text("expiresAt"));

        assertThat(expiresAt).isBetween(end.minusSeconds(1), end);
    }

    @Test
    void garbage_in_place_of_a_ticket_or_a_sale_is_the_clients_fault() {
        var sale = ASale.of(10).scheduled().knownTo(port);
        var ada = new AShopper(port);
        for (var bad :
                List.of("", " ", "\u0000", "a.b.c", "..", "x".repeat(2_048), "x".repeat(10_000), "\u202e\ufffd")) {
            for (var path : List.of("/queue-tickets", "/admissions", "/waitlist-entries")) {
                var answer = ada.call(HttpMethod.POST, "/sales/" + sale.id() + path, Map.of("ticket", bad));
                assertThat(answer.status()).as("%s with %s", path, bad).isBetween(400, 499);
            }
        }
        for (var body : List.<Object>of(
                List.of(), Map.of("ticket", Map.of()), Map.of("ticket", 1e308), Map.of("tickets", "x"), Map.of())) {
            var answer = ada.call(HttpMethod.POST, "/sales/" + sale.id() + "/admissions", body);
            assertThat(answer.status()).as(body.toString()).isBetween(400, 499);
        }
        for (var id : List.of(
                "x", "%00", "1", "ffffffff-ffff-ffff-ffff-ffffffffffff", "00000000-0000-0000-0000-000000000000")) {
            for (var path : List.of("/queue", "/queue/draw", "/queue-tickets/mine")) {
                var answer = ada.call(HttpMethod.GET, "/sales/" + id + path, null);
                assertThat(answer.status()).as("%s of %s", path, id).isBetween(400, 499);
            }
            assertThat(ada.call(HttpMethod.POST, "/sales/" + id + "/queue-tickets", null)
                            .status())
                    .as(id)
                    .isBetween(400, 499);
        }
    }

    @Test
    void forged_and_borrowed_tickets_are_refused() {
        var sale = ASale.of(10).scheduled().knownTo(port);
        var other = ASale.of(10).scheduled().knownTo(port);
        var ada = new AShopper(port);
        var eve = new AShopper(port);
        var adas = ada.join(sale.id()).text("ticket");
        var elsewhere = eve.join(other.id()).text("ticket");
        var unsigned = adas.substring(0, adas.lastIndexOf('.') + 1) + "AAAA";
        var wrongType = tokens.sign(
                "admission+jwt",
                Map.of("sale", sale.id().toString(), "sub", eve.id().toString(), "number", 1));

        for (var bad : new String[] {adas, elsewhere, unsigned, wrongType, "nonsense"}) {
            var answer = eve.claim(sale.id(), bad);
            assertThat(answer.status()).as(bad).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("TICKET_INVALID");
            assertThat(eve.join(sale.id(), bad).code()).isEqualTo("TICKET_INVALID");
        }
    }

    @Test
    void a_unit_is_promised_or_taken_at_each_moment_until_the_order_is_decided() {
        var sale = ASale.of(1).with("admissionDuration", "PT1S").scheduled().knownTo(port);
        AnOrderService.fallSilent(sale.id());
        var inventory = AnInventory.of(sale).told();
        var ada = new AShopper(port);
        var bob = new AShopper(port);
        var order = ada.order(sale.id(), ada.join(sale.id()).text("admission"), 1);
        AnOrderService.speak(sale.id());
        var bobs = bob.join(sale.id()).text("ticket");
        await().atMost(SOON).until(() -> states(sale).equals(java.util.List.of("ORDERED")));

        // long after the admission has expired the unit is still ada's
        await().during(Duration.ofSeconds(3))
                .atMost(SOON)
                .until(() -> bob.claim(sale.id(), bobs).code().equals("NOT_YOUR_TURN"));

        inventory.decide(order, ada.id(), 1);
        await().atMost(SOON).until(() -> bob.claim(sale.id(), bobs).code().equals("SOLD_OUT"));
        assertThat(states(sale)).containsExactly("DECIDED");
    }

    private java.util.List<String> states(ASale sale) {
        return jdbc.sql("select state from admission where sale_id = :sale order by state")
                .param("sale", sale.id())
                .query(String.class)
                .list();
    }
}
