package com.flashsale.platform.test.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/** The clock of one node: the true time of its world plus an error of up to five minutes either way. */
public final class NodeClock extends Clock {

    public static final Duration MOST_WRONG = Duration.ofMinutes(5);

    private final String node;
    private final SimulatedTime time;
    private final Consumer<Instant> engine;
    private volatile Duration error = Duration.ZERO;

    NodeClock(String node, SimulatedTime time, Consumer<Instant> engine) {
        this.node = node;
        this.time = time;
        this.engine = engine;
        tell();
    }

    public void isWrongBy(Duration error) {
        this.error = error;
        tell();
    }

    public Duration error() {
        return error;
    }

    /** Sets the clock right, or wrong by up to {@link #MOST_WRONG}; returns a description of the step. */
    public String step(SeededRandom chance) {
        var most = (int) MOST_WRONG.toSeconds();
        isWrongBy(chance.oneIn(3) ? Duration.ZERO : Duration.ofSeconds(chance.from(-most, most)));
        return "the clock of " + node + " is wrong by " + error;
    }

    void tell() {
        engine.accept(instant());
    }

    @Override
    public Instant instant() {
        return time.instant().plus(error);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}
