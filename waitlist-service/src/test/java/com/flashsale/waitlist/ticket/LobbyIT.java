package com.flashsale.waitlist.ticket;

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class LobbyIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final int port;

    private final StringRedisTemplate redis;
    private final JdbcClient jdbc;

    LobbyIT(@LocalServerPort int port, @Autowired StringRedisTemplate redis, @Autowired JdbcClient jdbc) {
        this.port = port;
        this.redis = redis;
        this.jdbc = jdbc;
    }

    @Test
    void places_are_drawn_at_the_opening_and_every_customer_can_check_the_draw() throws Exception {
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

    @Test
    void a_lobby_by_lot_that_redis_forgets_twice_is_drawn_as_if_nothing_had_happened() {
        var sale = aLobby("RANDOM", ASale.of(2).with("crowdFactor", 20.0));
        var people = visitors(12);
        var tickets =
                people.stream().map(it -> it.join(sale.id()).text("ticket")).toList();

        forgetEverything();
        await().atMost(SOON)
                .until(() -> people.stream()
                        .allMatch(it -> it.mine(sale.id()).state().equals("LOBBY")));
        var late = new AShopper(port);
        late.join(sale.id());
        forgetEverything();
        sale.opened();
        // a customer who comes earlier takes part in the draw
        await().atMost(SOON).until(() -> late.queue(sale.id()).state().equals("OPEN"));
        var stranger = new AShopper(port);
        await().atMost(SOON).until(() -> stranger.join(sale.id()).number("number") > 0);

        people.add(late);
        assertThat(numbers(sale, people)).isEqualTo(inTheOrderOf(drawn(sale, people), sale));
        assertThat(stranger.mine(sale.id()).number("number"))
                .isGreaterThan(numbers(sale, people).stream().max(Long::compare).orElseThrow());
        for (int i = 0; i < tickets.size(); i++) {
            var again = people.get(i).join(sale.id(), tickets.get(i));
            assertThat(again.number("number"))
                    .isEqualTo(people.get(i).mine(sale.id()).number("number"));
        }
    }

    @Test
    void a_lobby_by_arrival_keeps_the_order_of_the_arrivals() {
        var sale = aLobby("FIFO", ASale.of(2));
        var people = visitors(6);
        people.forEach(it -> it.join(sale.id()));

        forgetEverything();
        sale.opened();
        await().atMost(SOON).until(() -> people.getLast().mine(sale.id()).number("number") > 0);

        assertThat(inTheOrderOf(people, sale)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void numbers_that_were_drawn_and_not_fetched_when_redis_was_lost_are_the_same_afterwards() {
        var sale = aLobby("RANDOM", ASale.of(1).with("crowdFactor", 20.0));
        var people = visitors(10);
        people.forEach(it -> it.join(sale.id()));
        sale.opened();
        await().atMost(SOON).until(() -> written(sale) == people.size());

        forgetEverything();
        var stranger = new AShopper(port);
        await().atMost(SOON).until(() -> stranger.join(sale.id()).number("number") > 0);

        var drawn = drawn(sale, people);
        for (int i = 0; i < drawn.size(); i++) {
            assertThat(drawn.get(i).mine(sale.id()).number("number")).isEqualTo(i + 1);
        }
        assertThat(drawn.getFirst().join(sale.id()).state()).isEqualTo("ADMITTED");
        assertThat(stranger.mine(sale.id()).number("number")).isGreaterThan(10);
    }

    @Test
    void a_draw_by_lot_takes_every_customer_and_tells_those_beyond_the_crowd_afterwards() {
        var sale = aLobby("RANDOM", ASale.of(2).with("crowdFactor", 1.5));
        var people = visitors(8);
        assertThat(people)
                .allSatisfy(it -> assertThat(it.join(sale.id()).state()).isEqualTo("LOBBY"));

        sale.opened();
        await().atMost(SOON)
                .until(() -> people.stream()
                        .noneMatch(it -> it.mine(sale.id()).state().equals("LOBBY")));
        var drawn = drawn(sale, people);

        assertThat(drawn.subList(0, 3))
                .extracting(it -> it.mine(sale.id()).number("number"))
                .containsExactly(1L, 2L, 3L);
        assertThat(drawn.subList(3, 8)).allSatisfy(it -> {
            assertThat(it.mine(sale.id()).code()).isEqualTo("CROWD_FULL");
            assertThat(it.join(sale.id()).code()).isEqualTo("CROWD_FULL");
        });
    }

    @Test
    void a_customer_without_a_place_reads_not_found_while_a_place_is_free() {
        var byLot = aLobby("RANDOM", ASale.of(2));
        var byArrival = aLobby("FIFO", ASale.of(1).with("crowdFactor", 1.0));
        var ada = new AShopper(port);
        assertThat(ada.mine(byLot.id()).code()).isEqualTo("NOT_FOUND");
        new AShopper(port).join(byArrival.id());

        byLot.opened();
        byArrival.opened();
        await().atMost(SOON).until(() -> ada.queue(byLot.id()).state().equals("OPEN"));
        await().atMost(SOON).until(() -> ada.queue(byArrival.id()).state().equals("OPEN"));

        assertThat(ada.mine(byLot.id()).code()).isEqualTo("NOT_FOUND");
        assertThat(ada.join(byArrival.id()).code()).isEqualTo("CROWD_FULL");
        assertThat(ada.mine(byArrival.id()).code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void a_ticket_of_a_lobby_tells_the_place_only_if_it_is_the_arrival() {
        var byLot = aLobby("RANDOM", ASale.of(2));
        var byArrival = aLobby("FIFO", ASale.of(2));
        var ada = new AShopper(port);

        for (var ticket : List.of(
                ada.join(byLot.id()).text("ticket"), ada.mine(byLot.id()).text("ticket"))) {
            assertThat(AShopper.claims(ticket).has("place")).isFalse();
        }
        for (var ticket : List.of(
                ada.join(byArrival.id()).text("ticket"),
                ada.mine(byArrival.id()).text("ticket"))) {
            assertThat(AShopper.claims(ticket).path("place").asLong()).isPositive();
        }
    }

    private ASale aLobby(String draw, ASale sale) {
        return sale.with("draw", draw)
                .opensIn(Duration.ofMinutes(5))
                .scheduled()
                .knownTo(port);
    }

    private List<AShopper> drawn(ASale sale, List<AShopper> people) {
        var seed = jdbc.sql("select seed from waiting_room where sale_id = :sale")
                .param("sale", sale.id())
                .query(byte[].class)
                .single();
        return people.stream()
                .sorted(Comparator.comparingLong(it -> LobbyDraw.place(seed, new CustomerId(it.id()))))
                .toList();
    }

    private List<Long> numbers(ASale sale, List<AShopper> people) {
        return people.stream()
                .map(it -> it.mine(sale.id()).number("number"))
                .sorted()
                .toList();
    }

    private List<Long> inTheOrderOf(List<AShopper> drawn, ASale sale) {
        return drawn.stream().map(it -> it.mine(sale.id()).number("number")).toList();
    }

    private long written(ASale sale) {
        return jdbc.sql("select count(*) from lobby_place where sale_id = :sale and number is not null")
                .param("sale", sale.id())
                .query(Long.class)
                .single();
    }

    private void forgetEverything() {
        redis.execute((RedisCallback<Object>) connection -> {
            connection.serverCommands().flushAll();
            return null;
        });
    }

    private ArrayList<AShopper> visitors(int count) {
        var people = new ArrayList<AShopper>();
        for (int i = 0; i < count; i++) people.add(new AShopper(port));
        return people;
    }
}
