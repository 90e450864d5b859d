package com.flashsale.waitlist.waitingroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.sale.CustomerId;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

@ServiceTest
class LobbyIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final int port;

    LobbyIT(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void places_are_drawn_at_the_opening_and_everybody_can_check_the_draw() throws Exception {
        var sale = ASale.of(5)
                .with("draw", "RANDOM")
                .opensIn(Duration.ofMinutes(5))
                .scheduled()
                .knownTo(port);
        var people = visitors(20);
        for (var person : people) {
            var joined = person.join(sale.id());
            assertThat(joined.state()).isEqualTo("LOBBY");
            assertThat(joined.body().path("number").isNull()).isTrue();
            assertThat(joined.text("ticket")).isNotEmpty();
        }
        var before = people.getFirst().call(HttpMethod.GET, "/sales/" + sale.id() + "/queue/draw", null);
        assertThat(before.text("seed")).isEmpty();
        assertThat(people.getFirst().queue(sale.id()).state()).isEqualTo("SCHEDULED");
        assertThat(people.getFirst().mine(sale.id()).state()).isEqualTo("LOBBY");

        sale.opened();
        await().atMost(SOON)
                .until(() -> people.stream().allMatch(it -> it.mine(sale.id()).number("number") > 0));

        var after = people.getFirst().call(HttpMethod.GET, "/sales/" + sale.id() + "/queue/draw", null);
        var seed = HexFormat.of().parseHex(after.text("seed"));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(seed)))
                .isEqualTo(before.text("commitment"));
        var drawn = new ArrayList<>(people);
        drawn.sort(Comparator.comparingLong(it -> LobbyDraw.place(seed, new CustomerId(it.id()))));
        for (int i = 0; i < drawn.size(); i++) {
            assertThat(drawn.get(i).mine(sale.id()).number("number")).isEqualTo(i + 1);
        }
    }

    @Test
    void first_come_first_served_keeps_the_order_and_a_lobby_ticket_can_be_exchanged() {
        var sale = ASale.of(2).opensIn(Duration.ofMinutes(5)).scheduled().knownTo(port);
        var people = visitors(5);
        var tickets =
                people.stream().map(it -> it.join(sale.id()).text("ticket")).toList();
        var early = people.getFirst().claim(sale.id(), tickets.getFirst());
        assertThat(early.code()).isEqualTo("NOT_YOUR_TURN");
        assertThat(people.getFirst().join(sale.id()).text("ticket")).isEqualTo(tickets.getFirst());

        sale.opened();
        await().atMost(SOON)
                .until(() ->
                        people.getFirst().claim(sale.id(), tickets.getFirst()).status() == 201);

        for (int i = 0; i < people.size(); i++) {
            assertThat(people.get(i).mine(sale.id()).number("number")).isEqualTo(i + 1);
        }
        assertThat(people.get(1).claim(sale.id(), tickets.get(1)).status()).isEqualTo(201);
        assertThat(people.get(2).claim(sale.id(), tickets.get(2)).code()).isEqualTo("NOT_YOUR_TURN");
    }

    private ArrayList<AShopper> visitors(int count) {
        var people = new ArrayList<AShopper>();
        for (int i = 0; i < count; i++) people.add(new AShopper(port));
        return people;
    }
}
