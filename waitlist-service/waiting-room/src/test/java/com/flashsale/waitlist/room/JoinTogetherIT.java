package com.flashsale.waitlist.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two rooms with the same customers: in one they join alone, in the other many join in one call. */
class JoinTogetherIT {

    private static final int STEPS = 60;
    private static final int MOST_TOGETHER = 20;
    private static final long MOST_SHOWN = 12;
    private static final Duration MICRO = Duration.ofNanos(1_000);

    private Random random = new Random();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void a_join_has_the_same_outcome_alone_and_with_others(long seed) {
        var alone = aRoom(new Random(seed));
        var together = aRoom(new Random(seed));
        random = new Random(seed);
        var customers = Stream.generate(this::id).limit(1 + random.nextInt(30)).toList();

        for (int step = 0; step < STEPS; step++) {
            var joins = joins(customers);
            var replies = new ArrayList<Reply>();
            for (var join : joins) {
                replies.addAll(alone.joinTogether(List.of(join)));
                alone.wait(MICRO);
            }
            assertThat(together.joinTogether(joins)).as("step %d", step).isEqualTo(replies);
            together.wait(MICRO.multipliedBy(joins.size()));

            var claim = new ScriptArguments.ClaimTurn(customers.getFirst(), id(), 1 + random.nextLong(MOST_SHOWN));
            assertThat(together.claim(claim)).as("claim of step %d", step).isEqualTo(alone.claim(claim));
            var pause = Duration.ofMillis(1 + random.nextInt(1_500)).minus(MICRO.multipliedBy(joins.size()));
            Stream.of(alone, together).forEach(room -> room.wait(pause));
            if (random.nextBoolean())
                assertThat(together.tick().text("state")).isEqualTo(alone.tick().text("state"));
        }
    }

    private static ARoom aRoom(Random random) {
        return new ARoom(1 + random.nextInt(20))
                .with("limit", 1 + random.nextInt(3))
                .with("crowd", random.nextBoolean() ? 8 : 1_000)
                .with("rate", random.nextBoolean() ? 1 : 500)
                .with("turnMs", 2_000)
                .with("opensAt", ARoom.NOON.plusSeconds(random.nextInt(-30, 20)).toEpochMilli())
                .with("lobby", random.nextInt(3) == 0 ? 30 : 0)
                .built(1 + random.nextInt(20));
    }

    private List<ScriptArguments.Join> joins(List<UUID> customers) {
        return IntStream.range(0, 1 + random.nextInt(MOST_TOGETHER))
                .mapToObj(_ -> new ScriptArguments.Join(
                        customers.get(random.nextInt(customers.size())),
                        id(),
                        random.nextBoolean() ? random.nextLong(1_000_000) : null,
                        random.nextInt(3) == 0 ? 1 + random.nextLong(MOST_SHOWN) : null))
                .toList();
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
