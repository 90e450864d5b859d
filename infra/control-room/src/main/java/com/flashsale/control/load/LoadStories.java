package com.flashsale.control.load;

import com.flashsale.control.live.Marker.Kind;
import com.flashsale.control.live.Timeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs at most one load test at a time, as a process of its own, and says on the time line how it ended. */
public final class LoadStories implements AutoCloseable {

    /** Of a process that was asked to end; then it is killed. */
    private static final int GRACE_SECONDS = 5;

    /** How long an ended process may still have unread output. */
    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    /** The longest line of the output that the page shows. */
    private static final int LONGEST_LINE = 160;

    private static final int CONDITION_FAILED = 5;

    /**
     * A load test that goes on.
     *
     * @param startedAt milliseconds since 1970
     * @param line the last line of its output
     * @param stopping it was asked to end
     */
    public record Running(String name, String text, long startedAt, String line, boolean stopping) {}

    /** The outcome of a request for a load test. */
    public sealed interface Outcome {

        record Begun(Running running) implements Outcome {}

        /** @param why what does not allow it now */
        record Refused(String why) implements Outcome {}
    }

    private final List<LoadStory> offered;
    private final Function<LoadStory, List<String>> commandLine;
    private final Timeline timeline;
    private final Clock clock;
    private @Nullable Process process;
    private @Nullable Running running;
    private boolean closed;

    /**
     * @param offered the load tests that can run here
     * @param commandLine of the process; it throws {@code ToolException} if the load tests are not built
     */
    public LoadStories(
            List<LoadStory> offered, Function<LoadStory, List<String>> commandLine, Timeline timeline, Clock clock) {
        this.offered = offered;
        this.commandLine = commandLine;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** The load tests that can run here. */
    public List<LoadStory> offered() {
        return offered;
    }

    /** The load test of this moment; null without one. */
    public synchronized @Nullable Running running() {
        return running;
    }

    /** @throws IOException if the process cannot start */
    public synchronized Outcome begin(LoadStory story) throws IOException {
        if (closed) return new Outcome.Refused("The platform is being stopped.");
        var other = running;
        if (other != null) return new Outcome.Refused(other.name() + " runs already. Stop it first, or wait.");
        var started = new ProcessBuilder(commandLine.apply(story))
                .redirectErrorStream(true)
                .start();
        started.getOutputStream().close();
        var begun = new Running(story.name(), story.text(), clock.millis(), "", false);
        process = started;
        running = begun;
        timeline.add(Kind.ACTION, "Load test " + story.name() + " begins: " + story.text());
        Thread.ofVirtual().name("load-" + story.name()).start(() -> follow(started));
        return new Outcome.Begun(begun);
    }

    /** Asks the load test to end. Its customers give up within a second. */
    public synchronized void stop() {
        var ending = process;
        var now = running;
        if (ending == null || now == null || now.stopping()) return;
        running = new Running(now.name(), now.text(), now.startedAt(), now.line(), true);
        ending.descendants().forEach(ProcessHandle::destroy);
        ending.destroy();
        Thread.ofVirtual().name("end-load").start(() -> endFor(ending));
    }

    private static void endFor(Process ending) {
        try {
            if (!ending.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) ending.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A child of the process may keep its output open, so its end counts, and not that of the output. */
    private void follow(Process started) {
        try (var output = started.inputReader()) {
            var reader = Thread.ofVirtual().name("load-output").start(() -> read(output));
            int exit = started.waitFor();
            reader.join(LAST_LINES);
            ended(exit);
        } catch (IOException alreadyClosed) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(BufferedReader output) {
        try {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (!line.isBlank()) say(line);
            }
        } catch (IOException itsEnd) {
            return;
        }
    }

    private synchronized void say(String line) {
        var now = running;
        if (now == null) return;
        var text = line.strip();
        var shown = text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
        running = new Running(now.name(), now.text(), now.startedAt(), shown, now.stopping());
    }

    private synchronized void ended(int exit) {
        var last = running;
        running = null;
        process = null;
        if (last == null) return;
        var name = "Load test " + last.name();
        if (last.stopping()) {
            timeline.add(Kind.ACTION, name + " is stopped");
        } else if (exit == 0) {
            timeline.add(Kind.ACTION, name + " ends: every condition held");
        } else if (exit == CONDITION_FAILED) {
            timeline.add(Kind.ACTION, name + " ends: a condition failed, " + last.line(), true);
        } else {
            timeline.add(Kind.ACTION, name + " failed, exit code " + exit + ": " + last.line(), true);
        }
    }

    /** Ends the load test, and returns when its process is gone. */
    @Override
    public void close() {
        Process ending;
        synchronized (this) {
            closed = true;
            ending = process;
        }
        stop();
        if (ending != null) endFor(ending);
    }
}
