package com.flashsale.labs.scratch;

import com.flashsale.client.ToolException;
import com.flashsale.labs.Lab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The main sources of one module, copied from the working tree, without the guard of a lab. The working tree is only
 * read. The tests stay there, so that no fix can change them.
 */
public final class ScratchCopy {

    /**
     * BROKEN is as the patch left it; STALE is an edited copy of sources that have changed in the working tree since.
     */
    public enum State {
        NEW,
        BROKEN,
        EDITED,
        FIXED,
        STALE
    }

    private static final String SOURCES = "src/main";

    private final Path root;
    private final Lab lab;
    private final Path directory;

    /** @param labs directory of all scratch copies */
    public ScratchCopy(Path root, Path labs, Lab lab) {
        this.root = root;
        this.lab = lab;
        this.directory = labs.resolve(lab.id());
    }

    public Path directory() {
        return directory;
    }

    public Path sources() {
        return directory.resolve(lab.module()).resolve(SOURCES);
    }

    public Path original() {
        return root.resolve(lab.module()).resolve(SOURCES);
    }

    public State state() throws IOException {
        if (!Files.exists(record())) return State.NEW;
        var known = new Properties();
        try (var reader = Files.newBufferedReader(record(), StandardCharsets.UTF_8)) {
            known.load(reader);
        }
        var now = FileTree.digest(sources());
        boolean current = FileTree.digest(original()).equals(known.getProperty("original"));
        // without a change of the reader, a new copy loses nothing
        if (now.equals(known.getProperty("patched"))) return current ? State.BROKEN : State.NEW;
        if (!current) return State.STALE;
        return now.equals(known.getProperty("fixed")) ? State.FIXED : State.EDITED;
    }

    public void create(Patch patch) throws IOException, InterruptedException {
        reset();
        FileTree.copy(original(), sources());
        var reasons = patch.apply(lab.patch(), directory);
        if (!reasons.isEmpty()) throw doesNotApply(reasons);
        remember("original", FileTree.digest(original()));
        remember("patched", FileTree.digest(sources()));
    }

    private ToolException doesNotApply(List<String> reasons) throws IOException {
        reset();
        var name = "Lab %d, %s: its patch does not apply to %s.".formatted(lab.number(), lab.title(), lab.module());
        var details = new ArrayList<>(reasons);
        details.add("The sources have changed. Stash local changes of " + lab.module() + ", or make the patch again:");
        details.add("remove the guard, git diff -- " + lab.module() + " >" + root.relativize(lab.patch())
                + ", git checkout the file");
        return ToolException.startFailed(name, details);
    }

    public void fixed() throws IOException {
        remember("fixed", FileTree.digest(sources()));
    }

    public void reset() throws IOException {
        FileTree.delete(directory);
    }

    private void remember(String name, String value) throws IOException {
        var known = new Properties();
        if (Files.exists(record())) {
            try (var reader = Files.newBufferedReader(record(), StandardCharsets.UTF_8)) {
                known.load(reader);
            }
        }
        known.setProperty(name, value);
        try (var writer = Files.newBufferedWriter(record(), StandardCharsets.UTF_8)) {
            known.store(writer, null);
        }
    }

    private Path record() {
        return directory.resolve("lab.state");
    }
}
