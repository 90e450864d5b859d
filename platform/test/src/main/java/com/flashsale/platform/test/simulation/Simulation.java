package com.flashsale.platform.test.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a state machine with many seeds, one world per thread. {@code -Dsimulation.seeds=100000} plays more of them,
 * {@code -Dsimulation.from=7} others, {@code -Dsimulation.seed=0x1234} exactly one.
 *
 * @param <W> what a run plays in: a service with engines of its own, used by one run at a time
 */
public final class Simulation<W> {

    private static final Logger log = LoggerFactory.getLogger(Simulation.class);

    /** However many seeds the night asks for, a run that hangs is an error by then. */
    private static final Duration TIMEOUT = Duration.ofHours(12);

    private final String machine;
    private final List<W> worlds;
    private final BiConsumer<W, SimulationRun> script;

    public Simulation(String machine, List<W> worlds, BiConsumer<W, SimulationRun> script) {
        this.machine = machine;
        this.worlds = List.copyOf(worlds);
        this.script = script;
    }

    /** Two worlds, which play at the same time; one is enough for one seed, and is sooner there. */
    public static <W> List<W> worlds(Supplier<W> start) {
        return Long.getLong("simulation.seed") == null ? List.of(start.get(), start.get()) : List.of(start.get());
    }

    public record Report(int seeds, long steps, Duration took) {}

    /** Plays as many seeds as a CI run has time for, unless the command line says otherwise. */
    public Report play(int seeds) {
        var only = Long.getLong("simulation.seed");
        var begun = System.nanoTime();
        var run = only != null
                ? new Run(1, _ -> only)
                : new Run(Integer.getInteger("simulation.seeds", seeds), Simulation::seed);
        run.play();
        var failure = run.firstFailure();
        record(run, failure);
        if (failure.isPresent()) throw failure.get();
        var report = new Report(run.played.get(), run.steps.get(), Duration.ofNanos(System.nanoTime() - begun));
        log.info(
                "Simulation of {}: {} seeds, {} steps, {} ms",
                machine,
                report.seeds(),
                report.steps(),
                report.took().toMillis());
        return report;
    }

    /** The run that broke a promise; else the last one, which is the only one when the command line names its seed. */
    private void record(Run run, Optional<SimulationFailure> failure) {
        var file = Recording.file();
        var play = failure.map(SimulationFailure::play).orElse(run.last);
        if (file == null || play == null) return;
        play.onlooker()
                .write(
                        file,
                        machine,
                        play,
                        failure.map(SimulationFailure::promise).orElse(null));
    }

    /** Plays until a run fails; with a planted bug one must, within the seeds of a CI run. */
    public Optional<SimulationFailure> firstFailure(int seeds) {
        var run = new Run(seeds, Simulation::seed);
        run.play();
        var failure = run.firstFailure();
        log.info("Planted in {}: {} after {} seeds", machine, failure.isPresent() ? "found" : "NOT found", run.played);
        return failure;
    }

    /** The hash of what happened; the same for the same seed in any world. */
    public long hash(W world, long seed) {
        var play = SimulationRun.of(seed);
        playChecked(world, play);
        return play.trace().hash();
    }

    /** Plays one seed and writes its recording, also when it breaks a promise. */
    public Optional<SimulationFailure> record(W world, long seed, Path file) {
        var play = SimulationRun.of(seed, true);
        Optional<SimulationFailure> failure = Optional.empty();
        try {
            playChecked(world, play);
        } catch (SimulationFailure found) {
            failure = Optional.of(found);
        }
        play.onlooker()
                .write(
                        file,
                        machine,
                        play,
                        failure.map(SimulationFailure::promise).orElse(null));
        return failure;
    }

    private void playChecked(W world, SimulationRun play) {
        try {
            script.accept(world, play);
        } catch (AssertionError | RuntimeException failure) {
            throw new SimulationFailure(machine, play, failure);
        }
    }

    /** Seeds of 32 bits, so that people can read them to each other; the same ones each time, unless told otherwise. */
    private static long seed(int index) {
        return new SplittableRandom(Long.getLong("simulation.from", 0L) + index).nextLong() >>> Integer.SIZE;
    }

    private final class Run {

        private final int seeds;
        private final IntToLongFunction seedOf;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger played = new AtomicInteger();
        private final AtomicLong steps = new AtomicLong();
        private volatile @Nullable SimulationRun last;
        private final ConcurrentSkipListMap<Integer, SimulationFailure> failures = new ConcurrentSkipListMap<>();

        Run(int seeds, IntToLongFunction seedOf) {
            this.seeds = seeds;
            this.seedOf = seedOf;
        }

        void play() {
            try (var threads = Executors.newFixedThreadPool(worlds.size())) {
                var players = IntStream.range(0, Math.min(worlds.size(), seeds))
                        .mapToObj(i -> threads.submit(() -> playIn(worlds.get(i))))
                        .toList();
                try {
                    for (var player : players) await(player);
                } finally {
                    threads.shutdownNow();
                }
            }
        }

        private void playIn(W world) {
            for (int index = next.getAndIncrement();
                    index < seeds && failures.isEmpty();
                    index = next.getAndIncrement()) {
                var play = SimulationRun.of(seedOf.applyAsLong(index));
                try {
                    playChecked(world, play);
                } catch (SimulationFailure found) {
                    failures.put(index, found);
                }
                last = play;
                played.incrementAndGet();
                steps.addAndGet(play.trace().steps());
            }
        }

        Optional<SimulationFailure> firstFailure() {
            return Optional.ofNullable(failures.firstEntry()).map(Map.Entry::getValue);
        }

        private static void await(Future<?> player) {
            try {
                player.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError("a player of the simulation is lost", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
