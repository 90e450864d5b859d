package com.flashsale.labs.watch;

import com.flashsale.client.ToolException;
import com.flashsale.labs.Lab;
import com.flashsale.labs.scratch.Compilation;
import com.flashsale.labs.scratch.Outcome;
import com.flashsale.labs.scratch.Patch;
import com.flashsale.labs.scratch.ScratchCopy;
import com.flashsale.labs.scratch.TestProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Plays one seed of a simulation in a process of its own and returns the recording. */
public final class WatchSeed {

    private static final String RECORDING = "recording.json";

    /** As measured on a small machine. */
    private static final int SECONDS_OF_A_LAB = 40;

    private final Path root;
    private final Path directory;
    private final Consumer<String> progress;

    /**
     * @param directory of the recordings and of the copies without a guard
     * @param progress hears each part of the work, and its time
     */
    public WatchSeed(Path root, Path directory, Consumer<String> progress) {
        this.root = root;
        this.directory = directory;
        this.progress = progress;
    }

    public Recorded play(Machine machine, long seed) throws IOException, InterruptedException {
        progress.accept("PLAYING    seed %#x of the machine %s with its real engines, about %d s"
                .formatted(seed, machine, machine.seconds()));
        Files.createDirectories(directory);
        var seeds = Map.of("simulation.seed", String.valueOf(seed));
        return play(
                new TestProcess(root, machine.module(), directory),
                List.of(machine.test()),
                seeds,
                directory,
                Recorded.OTHER);
    }

    /** The first seed that breaks without the guard of this lab. */
    public Recorded play(Lab lab, Patch patch) throws IOException, InterruptedException {
        mustBeWatchable(lab);
        progress.accept("REMOVING   " + lab.guard() + ", in a copy of " + lab.module());
        var copy = new ScratchCopy(root, directory, lab);
        copy.create(patch);
        var errors = new Compilation(root, lab, copy).run();
        if (!errors.isEmpty()) {
            throw ToolException.startFailed("The module does not compile without its guard.", errors);
        }
        progress.accept("PLAYING    %d seeds from %d until one breaks a promise, about %d s"
                .formatted(lab.seeds(), lab.from(), SECONDS_OF_A_LAB));
        return play(
                new TestProcess(root, lab, copy), lab.play(), lab.seedProperties(), copy.directory(), lab.invariant());
    }

    public static void mustBeWatchable(Lab lab) {
        if (!lab.isSimulation()) {
            throw ToolException.usage("Lab " + lab.number() + " is no simulation, so it has no seed to watch."
                    + " Play it: ./flashsale lab " + lab.number());
        }
    }

    private Recorded play(TestProcess process, List<String> tests, Map<String, String> seeds, Path place, String blamed)
            throws IOException, InterruptedException {
        var recording = place.resolve(RECORDING);
        Files.deleteIfExists(recording);
        var properties = new LinkedHashMap<>(seeds);
        properties.put("simulation.record", recording.toString());
        var outcome = process.run(tests, properties);
        if (!Files.exists(recording)) throw noRecording(outcome);
        progress.accept("           %.1f s".formatted(outcome.took().toMillis() / 1000.0));
        return Recorded.of(Files.readString(recording), blamed);
    }

    private static ToolException noRecording(Outcome outcome) {
        return ToolException.startFailed(
                "The simulation left no recording; the whole output: " + outcome.log(),
                outcome.failures().stream()
                        .map(test -> test.name() + ": " + test.message())
                        .toList());
    }
}
