package com.flashsale.waitlist.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A room while operators have turned admission off. */
class AdmissionStoppedIT {

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID cyd = UUID.randomUUID();

    @Test
    void no_customer_gets_a_turn_and_the_line_keeps_its_order() {
        var room = new ARoom(2).with("admits", false).built();
        for (var customer : new UUID[] {ada, bob, cyd})
            assertThat(room.join(customer).outcome()).isEqualTo("WAITING");

        room.pass(Duration.ofMinutes(5));

        assertThat(room.claim(ada, 1).outcome()).isEqualTo("NOT_YOUR_TURN");
        assertThat(room.figure("serving")).isZero();
        assertThat(room.figure("promised")).isZero();

        room.with("admits", true);
        room.tick();

        assertThat(room.peek(ada).outcome()).isEqualTo("TURN");
        assertThat(room.peek(bob).outcome()).isEqualTo("TURN");
        assertThat(room.peek(cyd).outcome()).isEqualTo("WAITING");
    }

    @Test
    void customers_with_a_turn_or_an_admission_go_on() {
        var room = new ARoom(2).built();
        var admission = room.join(ada).text("claim");
        // number 2 has a turn that it has not claimed yet
        room.with("admits", false);
        assertThat(room.join(bob).outcome()).isEqualTo("WAITING");
        room.with("admits", true);
        room.tick();
        room.with("admits", false);

        assertThat(room.join(ada).text("claim")).isEqualTo(admission);
        assertThat(room.claim(bob, 2).outcome()).isEqualTo("ADMITTED");
    }

    @Test
    void a_unit_that_comes_back_waits_for_the_next_customer() {
        var room = new ARoom(1).built();
        room.join(ada);
        room.join(bob);
        room.with("admits", false);

        room.lapses(1);
        room.pass(Duration.ofMinutes(1));
        assertThat(room.peek(bob).outcome()).isEqualTo("WAITING");

        room.with("admits", true);
        room.tick();
        assertThat(room.peek(bob).outcome()).isEqualTo("TURN");
    }

    @Test
    void a_missed_turn_keeps_its_place() {
        var room = new ARoom(1).built();
        room.join(cyd);
        room.join(ada);
        room.join(bob);
        room.lapses(1);
        room.pass(Duration.ofSeconds(1));
        assertThat(room.peek(ada).outcome()).isEqualTo("TURN");
        room.with("admits", false);
        room.pass(Duration.ofSeconds(31));

        assertThat(room.claim(ada, 2).outcome()).isEqualTo("PASSED");
        assertThat(room.join(ada).number("number")).isEqualTo(2);
        room.with("admits", true);
        room.tick();

        assertThat(room.peek(ada).outcome()).isEqualTo("TURN");
        assertThat(room.peek(bob).outcome()).isEqualTo("WAITING");
    }

    @Test
    void the_time_without_turns_is_not_measured() {
        var room = new ARoom(500).with("rate", 2).built();
        Stream.generate(UUID::randomUUID).limit(200).forEach(room::join);
        room.pass(Duration.ofSeconds(25));
        var before = steady(room);
        assertThat(before).isBetween(100L, 140L);

        room.with("admits", false);
        room.pass(Duration.ofMinutes(3));
        assertThat(steady(room)).isEqualTo(before);
        room.with("admits", true);
        room.pass(Duration.ofSeconds(25));

        assertThat(steady(room)).isBetween(100L, 140L);
    }

    private static long steady(ARoom room) {
        return Replies.state(room.tick()).pace().steadyPerMinute();
    }
}
