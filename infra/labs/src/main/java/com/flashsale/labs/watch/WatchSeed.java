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

/** Plays one seed of a simulation in a process of its own and returns the recording. */
public final class WatchSeed {

    private static final String RECORDING = "recording.json";

    private final Path root;
    private final Path directory;

    /** @param directory of the recordings and of the copies without a guard */
    public WatchSeed(Path root, Path directory) {
        this.root = root;
        this.directory = directory;
    }

    public Recorded play(Machine machine, long seed) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        return play(
                new TestProcess(root, machine.module(), directory),
                List.of(machine.test()),
                Map.of("simulation.seed", String.valueOf(seed)),
                directory);
    }

    /** The first seed that breaks without the guard of this lab. */
    public Recorded play(Lab lab, Patch patch) throws IOException, InterruptedException {
        if (!lab.isSimulation()) {
            throw ToolException.usage("Lab " + lab.number() + " is no simulation, so it has no seed to watch.");
        }
        var copy = new ScratchCopy(root, directory, lab);
        copy.create(patch);
        var errors = new Compilation(root, lab, copy).run();
        if (!errors.isEmpty()) {
            throw ToolException.startFailed("The module does not compile without its guard.", errors);
        }
        return play(new TestProcess(root, lab, copy), lab.play(), lab.seedProperties(), copy.directory());
    }

    private static Recorded play(TestProcess process, List<String> tests, Map<String, String> seeds, Path directory)
            throws IOException, InterruptedException {
        var recording = directory.resolve(RECORDING);
        Files.deleteIfExists(recording);
        var properties = new LinkedHashMap<>(seeds);
        properties.put("simulation.record", recording.toString());
        var outcome = process.run(tests, properties);
        if (!Files.exists(recording)) throw noRecording(outcome);
        return Recorded.of(Files.readString(recording));
    }

    private static ToolException noRecording(Outcome outcome) {
        return ToolException.startFailed(
                "The simulation left no recording; the whole output: " + outcome.log(),
                outcome.failures().stream()
                        .map(test -> test.name() + ": " + test.message())
                        .toList());
    }
}
