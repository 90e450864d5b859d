package com.flashsale.control.fault;

import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.control.fault.Targets.Target;
import com.flashsale.control.live.Marker.Kind;
import com.flashsale.control.live.Timeline;
import com.flashsale.engines.ProcessIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Begins faults, ends each after its time, and says on the time line when its target is well again. */
public final class Faults implements AutoCloseable {

    /** Longer than any time limit of the services, and short enough for a demo. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    public static final Duration USUAL = Duration.ofSeconds(10);

    /** A killed service has restarted by then, on a slow machine too. */
    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(3);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * A fault that goes on.
     *
     * @param target the process that it hits
     * @param endsAt milliseconds since 1970; 0 for one that happens at once
     * @param healing its time is over, and the target is not well yet
     */
    public record Active(String name, String target, String text, long endsAt, boolean healing) {}

    /** The outcome of a request for a fault. */
    public sealed interface Outcome {

        record Begun(Active fault) implements Outcome {}

        /** @param why what does not allow it now */
        record Refused(String why) implements Outcome {}
    }

    private final Context context;
    private final Supplier<PlatformState> platform;
    private final List<Fault> offered;
    private final Targets targets;
    private final Timeline timeline;
    private final ConcurrentHashMap<String, Active> active = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile CountDownLatch healNow = new CountDownLatch(1);

    /**
     * @param platform the processes at this moment
     * @param offered the faults that this platform can have
     */
    public Faults(Context context, Supplier<PlatformState> platform, Timeline timeline, List<Fault> offered) {
        this.context = context;
        this.platform = platform;
        this.offered = offered;
        this.targets = new Targets(platform, new Probe(context.addresses()));
        this.timeline = timeline;
    }

    /** The faults that this platform can have. */
    public List<Fault> offered() {
        return offered;
    }

    public List<Active> active() {
        return List.copyOf(active.values());
    }

    /** Begins a fault. Each target has at most one at a time. */
    public Outcome begin(Fault fault, Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a fault lasts 1 to " + LONGEST.toSeconds() + " s");
        }
        if (end.getCount() == 0) return new Outcome.Refused("The platform is being stopped.");
        var found = targets.ready(fault.target());
        if (found.isEmpty()) return new Outcome.Refused(fault.target() + " is not ready. Try again when it is.");
        var target = found.get();
        long endsAt = fault.lasts() ? System.currentTimeMillis() + time.toMillis() : 0;
        var begun = new Active(fault.name(), target.id(), fault.text(), endsAt, false);
        if (active.putIfAbsent(fault.target(), begun) != null) {
            return new Outcome.Refused(fault.target() + " has a fault already. Wait until it is healed.");
        }
        Thread.ofVirtual().name("fault-" + fault.name()).start(() -> run(fault, target, begun, time));
        return new Outcome.Begun(begun);
    }

    private void run(Fault fault, Target target, Active begun, Duration time) {
        try {
            inflict(fault, target, time);
            active.put(fault.target(), new Active(begun.name(), begun.target(), begun.text(), begun.endsAt(), true));
            awaitWell(fault, target);
        } catch (IOException failed) {
            timeline.add(Kind.FAULT, fault.name() + " failed: " + failed.getMessage(), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            active.remove(fault.target());
        }
    }

    private void inflict(Fault fault, Target target, Duration time) throws IOException, InterruptedException {
        if (!target.isAlive()) throw new IOException(target.id() + " has just ended");
        if (fault.kind() == Fault.Kind.KILL) {
            timeline.add(Kind.FAULT, target.id() + " is killed", true);
            ProcessHandle.of(process(target).pid()).ifPresent(ProcessHandle::destroyForcibly);
            return;
        }
        if (fault.kind() == Fault.Kind.REPEAT) {
            int repeated = new RepeatedEvents(context.addresses().kafka()).send();
            timeline.add(Kind.FAULT, repeated + " events are delivered a second time", true);
            return;
        }
        var heal = healNow;
        timeline.add(Kind.FAULT, "%s for %d s".formatted(fault.text(), time.toSeconds()), true);
        var ongoing = begun(fault, target, time);
        try {
            heal.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            ongoing.end();
        }
    }

    /** A fault that goes on until it is ended. */
    private interface Ongoing {
        void end() throws IOException, InterruptedException;
    }

    private Ongoing begun(Fault fault, Target target, Duration time) throws IOException, InterruptedException {
        return switch (fault.kind()) {
            case FREEZE -> Frozen.freeze(process(target))::close;
            case SLOW -> Frozen.slow(process(target))::close;
            case DECLINE -> declines(time)::end;
            case KILL, REPEAT -> throw new IllegalArgumentException(fault.name() + " does not last");
        };
    }

    private PaymentDeclines declines(Duration time) throws IOException, InterruptedException {
        var simulator = platform.get().urlOf("payment-simulator");
        return PaymentDeclines.begin(simulator, context.secrets().password("payment-key"), time);
    }

    private static ProcessIdentity process(Target target) throws IOException {
        var process = target.process();
        if (process == null) throw new IOException(target.id() + " runs elsewhere");
        return process;
    }

    private void awaitWell(Fault fault, Target target) throws InterruptedException {
        long begin = System.nanoTime();
        boolean restarted = fault.kind() == Fault.Kind.KILL;
        while (System.nanoTime() - begin < LONGEST_RECOVERY.toNanos()) {
            if (targets.isWell(target, restarted)) {
                double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
                var text = String.format(Locale.ROOT, "%s is well again, after %.1f s", target.id(), seconds);
                timeline.add(Kind.FAULT, text);
                return;
            }
            if (end.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) return;
        }
        timeline.add(Kind.FAULT, target.id() + " has not recovered within " + LONGEST_RECOVERY, true);
    }

    /** Ends all faults now, without waiting until their targets are well. */
    public void heal() {
        var ended = healNow;
        healNow = new CountDownLatch(1);
        ended.countDown();
    }

    /** Ends all faults, and returns when each frozen process goes on. */
    @Override
    public void close() {
        end.countDown();
        heal();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!active.isEmpty() && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
