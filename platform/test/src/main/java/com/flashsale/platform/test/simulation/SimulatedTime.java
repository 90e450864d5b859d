package com.flashsale.platform.test.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The time of a world: what its Java clock, its database and its Redis say is the same, and moves only when the run says so. */
public final class SimulatedTime extends Clock {

    /** Far enough ahead that no engine's own clock comes to it. */
    public static final Instant BEGIN = Instant.parse("2100-01-01T12:00:00Z");

    private final List<Consumer<Instant>> clocks = new ArrayList<>();
    private volatile Instant now = BEGIN;

    /** Another clock that goes along. */
    public void setToo(Consumer<Instant> clock) {
        clocks.add(clock);
        clock.accept(now);
    }

    public void set(Instant time) {
        now = time;
        clocks.forEach(clock -> clock.accept(time));
    }

    /** Forward, or back. */
    public void move(Duration step) {
        set(now.plus(step));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
