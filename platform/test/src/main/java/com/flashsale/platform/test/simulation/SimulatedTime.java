package com.flashsale.platform.test.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The true time of a world. It moves only when the run says so. Nothing under test reads it: each replica and each
 * engine has a {@link NodeClock} of its own, which goes along and may be wrong.
 */
public final class SimulatedTime extends Clock {

    /** Far enough ahead that no engine's own clock comes to it. */
    public static final Instant BEGIN = Instant.parse("2100-01-01T12:00:00Z");

    private final List<NodeClock> clocks = new ArrayList<>();
    private volatile Instant now = BEGIN;

    /** The clock of one more node. */
    public NodeClock clockOf(String node) {
        return clockOf(node, _ -> {});
    }

    /** @param engine receives the time of its clock, at once and with each move */
    public NodeClock clockOf(String node, Consumer<Instant> engine) {
        var clock = new NodeClock(node, this, engine);
        clocks.add(clock);
        return clock;
    }

    /** All clocks of this world, in the order in which they were made. */
    public List<NodeClock> clocks() {
        return List.copyOf(clocks);
    }

    /** One node's clock steps, either way, and is wrong from then on; or it is set right. */
    public String stepOne(SeededRandom chance) {
        return chance.oneOf(clocks).step(chance);
    }

    /** All clocks show the true time. */
    public void agree() {
        clocks.forEach(clock -> clock.isWrongBy(Duration.ZERO));
    }

    public void set(Instant time) {
        now = time;
        clocks.forEach(NodeClock::tell);
    }

    /** Forward, or back: all clocks do. */
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
