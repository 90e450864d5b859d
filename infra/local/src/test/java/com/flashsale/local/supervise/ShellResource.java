package com.flashsale.local.supervise;

import com.flashsale.engines.OrphanReaper;
import com.flashsale.engines.ProcessIdentity;
import com.flashsale.local.process.ChildProcess;
import com.flashsale.local.process.SmallProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A line of shell under supervision; tells what happened to it and when. */
final class ShellResource implements Resource {

    private final String id;
    private final Set<String> needs;
    private final String script;
    private final Path directory;
    private final OrphanReaper reaper;
    private final List<String> events;
    private volatile ChildProcess child;

    ShellResource(
            String id, Set<String> needs, String script, Path directory, OrphanReaper reaper, List<String> events) {
        this.id = id;
        this.needs = needs;
        this.script = script;
        this.directory = directory;
        this.reaper = reaper;
        this.events = events;
    }

    static List<String> events() {
        return new CopyOnWriteArrayList<>();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Set<String> needs() {
        return needs;
    }

    @Override
    public Path log() {
        return directory.resolve(id + ".log");
    }

    @Override
    public void start() throws StartException {
        try {
            child = ChildProcess.start(SmallProcess.shell(directory, id, script), reaper);
            events.add("start " + id);
        } catch (IOException e) {
            throw new StartException("no shell", e);
        }
        if (script.contains("exit 1")) {
            child.awaitEnd();
            throw new StartException("it ended with exit code " + child.exitValue());
        }
    }

    @Override
    public Optional<ProcessIdentity> process() {
        var current = child;
        return current == null ? Optional.empty() : current.identity();
    }

    @Override
    public void stop() {
        var current = child;
        if (current != null && current.isAlive()) {
            current.stop(Duration.ofSeconds(5));
            events.add("stop " + id);
        }
    }
}
