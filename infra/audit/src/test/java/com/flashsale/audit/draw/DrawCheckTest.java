package com.flashsale.audit.draw;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.Json;
import com.flashsale.client.api.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawCheckTest {

    private static final String SEED = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final Draw DRAW = Draw.ofHex(SEED);
    private static final int LOBBY = 50;

    @Test
    void the_seed_must_be_the_one_that_was_promised() {
        assertThat(check(DRAW.commitment(), List.of()).verdict().holds()).isTrue();
        assertThat(check("00" + DRAW.commitment().substring(2), List.of())
                        .verdict()
                        .holds())
                .isFalse();
    }

    /**
     * Computed once with openssl: printf '%s' ID | openssl dgst -sha256 -mac HMAC -macopt hexkey:SEED; first 12 hex
     * digits.
     */
    @Test
    void any_customer_can_compute_a_place() {
        assertThat(DRAW.place(UUID.fromString("01A202C3-110D-717F-B41A-228147AA371B")))
                .isEqualTo(0xe8bdddb14589L);
        assertThat(DRAW.commitment()).isEqualTo("630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
    }

    @Test
    void a_lobby_in_the_order_of_its_draw_is_recognised_with_later_customers_behind_it() {
        var people = drawn();
        people.add(new Numbered(people.getFirst().customer(), LOBBY + 1));

        var verdict = new DrawCheck(published(DRAW.commitment()), people, LOBBY).verdict();

        assertThat(verdict.holds()).isTrue();
        assertThat(LobbyOrder.of(DRAW, people)).isEqualTo(new LobbyOrder(LOBBY + 1, LOBBY, LOBBY));
    }

    @Test
    void two_who_changed_places_are_noticed() {
        var people = drawn();
        var third = people.get(2);
        var fourth = people.get(3);
        people.set(2, new Numbered(fourth.customer(), third.number()));
        people.set(3, new Numbered(third.customer(), fourth.number()));

        assertThat(new DrawCheck(published(DRAW.commitment()), people, LOBBY)
                        .verdict()
                        .holds())
                .isFalse();
    }

    @Test
    void before_the_opening_there_is_nothing_to_hold_against_it() {
        var secret = new Answer(200, Json.tree("{\"draw\":\"RANDOM\",\"commitment\":\"abc\"}"), Optional.empty());

        assertThat(new DrawCheck(secret, List.of(), 0).verdict().lines())
                .anySatisfy(line -> assertThat(line).contains("secret until the sale opens"));
    }

    private static List<Numbered> drawn() {
        var customers = IntStream.range(0, LOBBY)
                .mapToObj(i -> new UUID(0x0192_0000_0000_7000L + i, 0x8000_0000_0000_0000L + i))
                .sorted(Comparator.comparingLong(DRAW::place))
                .toList();
        return new ArrayList<>(IntStream.range(0, LOBBY)
                .mapToObj(i -> new Numbered(customers.get(i), i + 1))
                .toList());
    }

    private static DrawCheck check(String commitment, List<Numbered> people) {
        return new DrawCheck(published(commitment), people, 0);
    }

    private static Answer published(String commitment) {
        var body = Map.of("draw", "RANDOM", "commitment", commitment, "seed", SEED);
        return new Answer(200, Json.tree(Json.line(body)), Optional.empty());
    }
}
