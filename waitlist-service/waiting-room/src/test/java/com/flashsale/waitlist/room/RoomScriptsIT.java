package com.flashsale.waitlist.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of {@code room.lua} at moments that a test chooses, in the engine that runs them. */
class RoomScriptsIT {

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID cyd = UUID.randomUUID();

    /** Number 1 has the only unit, then gives it back: number 2 has a turn. */
    private ARoom aTurnOfAda(ARoom room) {
        assertThat(room.join(UUID.randomUUID()).outcome()).isEqualTo("ADMITTED");
        assertThat(room.join(ada).number("number")).isEqualTo(2);
        assertThat(room.join(bob).number("number")).isEqualTo(3);
        room.lapses(1);
        room.pass(Duration.ofSeconds(1));
        assertThat(room.peek(ada).outcome()).isEqualTo("TURN");
        return room;
    }

    @Test
    void customers_who_join_in_one_call_are_served_one_after_the_other() {
        var room = new ARoom(2).built();

        var replies = room.joinTogether(ada, bob, cyd, ada, bob);

        assertThat(replies)
                .extracting(Reply::outcome)
                .containsExactly("ADMITTED", "ADMITTED", "WAITING", "ADMITTED", "ADMITTED");
        assertThat(replies).extracting(reply -> reply.number("number")).containsExactly(1L, 2L, 3L, 1L, 2L);
        assertThat(replies.get(3).text("claim")).isEqualTo(replies.get(0).text("claim"));
        assertThat(room.figure("promised")).isEqualTo(2);
    }

    @Test
    void customers_who_join_in_one_call_have_places_of_their_own_in_the_lobby() {
        var opensAt = ARoom.NOON.plus(Duration.ofMinutes(1)).toEpochMilli();
        var room = new ARoom(2).with("opensAt", opensAt).built();

        var together = room.joinTogether(ada, bob, ada);
        var later = room.joinTogether(cyd, bob);

        assertThat(together).extracting(Reply::outcome).containsOnly("LOBBY");
        var places = together.stream().map(reply -> reply.number("place")).toList();
        assertThat(places.get(0)).isLessThan(places.get(1)).isEqualTo(places.get(2));
        assertThat(later.get(1).number("place")).isEqualTo(places.get(1));
    }

    @Test
    void a_join_that_fails_keeps_the_numbers_of_those_who_join_in_the_same_call() {
        var room = new ARoom(1).built();
        room.join(ada);
        room.claims(1, "nonsense");

        var replies = room.joinTogether(bob, ada, cyd);

        assertThat(replies).extracting(Reply::outcome).containsExactly("WAITING", "FAILED", "WAITING");
        assertThat(replies.get(1).text("reason")).contains("nil value");
        assertThat(room.figure("issued")).isEqualTo(3);
        assertThat(room.join(UUID.randomUUID()).number("number")).isEqualTo(4);
    }

    @Test
    void numbers_that_run_out_within_a_call_are_told_to_those_who_get_none() {
        var room = new ARoom(1).with("crowd", 100_000).built(2);

        var replies = room.joinTogether(ada, bob, cyd, ada);

        assertThat(replies).extracting(Reply::outcome).containsExactly("ADMITTED", "WAITING", "CEILING", "ADMITTED");
    }

    @Test
    void a_factor_below_one_sells_the_last_units_one_by_one() {
        var room = new ARoom(3).with("factorMillionths", 100_000).built();
        assertThat(room.join(ada).outcome()).isEqualTo("ADMITTED");
        assertThat(room.join(bob).outcome()).isEqualTo("WAITING");

        room.lapses(1);

        assertThat(room.claim(bob, 2).outcome()).isEqualTo("ADMITTED");
        assertThat(room.figure("promised")).isEqualTo(1);
    }

    @Test
    void a_factor_below_one_promises_nothing_when_nothing_is_there() {
        var room = new ARoom(1).with("factorMillionths", 500_000).built();
        room.join(ada);
        room.stock(0);

        assertThat(room.join(bob).outcome()).isEqualTo("WAITING");
        assertThat(room.figure("promised")).isEqualTo(1);
    }

    @Test
    void a_pause_within_a_turn_stops_its_clock() {
        var room = aTurnOfAda(new ARoom(1).built());
        room.pass(Duration.ofSeconds(20));
        room.paused(true);
        room.pass(Duration.ofSeconds(25));
        assertThat(room.claim(ada, 2).outcome()).isEqualTo("TURN_KEPT");
        assertThat(room.claim(bob, 3).outcome()).isEqualTo("PAUSED");
        assertThat(room.peek(ada).outcome()).isEqualTo("WAITING");
        room.paused(false);

        room.pass(Duration.ofSeconds(8));

        assertThat(room.peek(bob).outcome()).isEqualTo("WAITING");
        assertThat(room.claim(ada, 2).outcome()).isEqualTo("ADMITTED");
    }

    @Test
    void a_pause_longer_than_a_turn_takes_nothing_from_it_and_adds_no_more_than_its_length() {
        var room = aTurnOfAda(new ARoom(1).built());
        room.pass(Duration.ofSeconds(5));
        room.paused(true);
        room.pass(Duration.ofMinutes(10));
        room.paused(false);
        room.pass(Duration.ofSeconds(23));
        assertThat(room.peek(ada).outcome()).isEqualTo("TURN");

        room.pass(Duration.ofSeconds(3));

        assertThat(room.peek(ada).outcome()).isEqualTo("PASSED");
        assertThat(room.peek(bob).outcome()).isEqualTo("TURN");
    }

    /** Ten seconds before the pause and 49 after it are not yet the minute that the sale gives. */
    @Test
    void a_pause_within_an_admission_stops_its_clock_and_a_pause_before_it_does_not_count() {
        var room = new ARoom(1).with("pausedMs", 120_000).built();
        var claim = room.join(ada).text("claim");
        room.pass(Duration.ofSeconds(10));
        room.paused(true);
        room.pass(Duration.ofMinutes(5));
        assertThat(room.join(ada).text("claim")).isEqualTo(claim);
        room.paused(false).with("pausedMs", 120_000 + 300_000);

        room.pass(Duration.ofSeconds(49));
        assertThat(room.join(ada).text("claim")).isEqualTo(claim);
        assertThat(room.join(bob).outcome()).isEqualTo("WAITING");

        room.pass(Duration.ofSeconds(2));
        assertThat(room.peek(ada).outcome()).isEqualTo("PASSED");
    }

    @Test
    void a_pause_that_one_replica_knows_holds_for_the_others() {
        var room = new ARoom(1).built().paused(true);
        room.tick();

        room.with("paused", false).with("version", 1);

        assertThat(room.join(ada).outcome()).isEqualTo("WAITING");
    }

    @Test
    void a_clock_that_is_set_back_takes_neither_pace_nor_a_turn() {
        var room = aTurnOfAda(new ARoom(1).with("rate", 1).built());
        room.clockSteps(Duration.ofMinutes(-5));

        room.pass(Duration.ofSeconds(31));

        assertThat(room.peek(ada).outcome()).isEqualTo("PASSED");
        assertThat(room.claim(bob, 3).outcome()).isEqualTo("ADMITTED");
    }

    @Test
    void no_admission_and_no_turn_outlives_its_sale() {
        var end = ARoom.NOON.plusMillis(20_700).toEpochMilli();
        var room = new ARoom(3).with("endsAt", end).built();

        var expiresAt = Claim.parse(room.join(ada).text("claim")).expiresAt().toEpochMilli();
        assertThat(expiresAt).isEqualTo(ARoom.NOON.plusSeconds(20).toEpochMilli());
        room.pass(Duration.ofMillis(20_200));

        assertThat(room.join(bob).outcome()).isIn("WAITING", "ENDED");
        assertThat(room.figure("promised")).isEqualTo(1);
        assertThat(room.peek(ada).outcome()).isEqualTo("PASSED");
    }

    @Test
    void a_missed_turn_is_given_again_at_once_while_a_unit_is_free() {
        var room = new ARoom(1).built();
        room.join(cyd);
        assertThat(room.join(ada).number("number")).isEqualTo(2);
        room.lapses(1);
        room.pass(Duration.ofSeconds(31));
        assertThat(room.peek(ada).outcome()).isEqualTo("PASSED");

        assertThat(room.claim(ada, 2).outcome()).isEqualTo("ADMITTED");
    }

    @Test
    void a_missed_turn_keeps_its_place_twice_for_a_customer_who_joins_again() {
        var room = aTurnOfAda(new ARoom(1).built());
        assertThat(room.join(cyd).number("number")).isEqualTo(4);
        for (int missed = 0; missed < 2; missed++) {
            room.pass(Duration.ofSeconds(31));
            assertThat(room.claim(ada, 2).outcome()).isEqualTo("PASSED");
            assertThat(room.join(ada).number("number")).isEqualTo(2);
            assertThat(room.claim(ada, 2).outcome()).isEqualTo("NOT_YOUR_TURN");
            // the next free unit is hers, and she misses it
            room.pass(Duration.ofSeconds(31));
            assertThat(room.peek(ada).outcome()).isEqualTo("TURN");
        }
        room.pass(Duration.ofSeconds(31));

        assertThat(room.join(ada).number("number")).isEqualTo(5);
        assertThat(room.claim(ada, 2).outcome()).isEqualTo("PASSED");
        assertThat(room.claim(cyd, 4).outcome()).isIn("ADMITTED", "PASSED");
    }

    @Test
    void turns_are_shorter_while_many_wait_for_each_unit() {
        var room = aTurnOfAda(new ARoom(1).built());
        var others = Stream.generate(UUID::randomUUID).limit(30).toList();
        others.forEach(room::join);
        room.pass(Duration.ofSeconds(31));
        assertThat(room.peek(bob).outcome()).isEqualTo("TURN");

        room.pass(Duration.ofSeconds(16));

        assertThat(room.peek(bob).outcome()).isEqualTo("PASSED");
        assertThat(room.peek(others.getFirst()).outcome()).isEqualTo("TURN");
    }

    @Test
    void the_admission_of_a_number_is_shown_to_its_customer_alone() {
        var room = new ARoom(1).built();
        var admission = room.join(ada).text("claim");
        room.owns(bob, 1);

        assertThat(room.claim(ada, 1).text("claim")).isEqualTo(admission);
        assertThat(room.claim(bob, 1).outcome()).isEqualTo("PASSED");
        assertThat(room.peek(bob).outcome()).isEqualTo("PASSED");
        assertThat(room.join(bob).number("number")).isEqualTo(2);
    }

    @Test
    void a_server_that_took_over_answers_nothing_before_the_room_is_built_again() {
        var room = new ARoom(1).built();
        room.join(ada);
        room.failsOver();

        assertThat(room.join(bob).outcome()).isEqualTo("GONE");
        assertThat(room.tick().outcome()).isEqualTo("GONE");
        room.built();
        assertThat(room.join(bob).outcome()).isIn("ADMITTED", "WAITING");
    }

    @Test
    void an_order_with_an_offer_that_redis_missed_is_promised() {
        var room = new ARoom(2).built();
        room.phase(1);
        room.isOrdered(UUID.randomUUID());

        room.phase(2);

        assertThat(room.join(ada).outcome()).isEqualTo("ADMITTED");
        assertThat(room.join(bob).outcome()).isEqualTo("WAITING");
    }
}
