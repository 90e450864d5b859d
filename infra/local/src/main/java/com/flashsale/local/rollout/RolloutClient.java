package com.flashsale.local.rollout;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.platform.StateFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Asks the process that runs the platform for a rollout or a restart and shows what it does. To end this is only to
 * look away.
 */
public final class RolloutClient {

    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final FileRequestQueue queue;
    private final StateFile state;
    private final PrintWriter out;

    public RolloutClient(Home home, PrintWriter out) {
        this.queue = new FileRequestQueue(home);
        this.state = new StateFile(home);
        this.out = out;
    }

    public Request.Result run(Request request) throws IOException, InterruptedException {
        if (!request.restart()) RolloutServer.requireRollable(request.service());
        requirePlatform();
        var name = queue.put(request);
        awaitTaken(name);
        long shown = 0;
        while (true) {
            var result = queue.result(name);
            var told = queue.told(name, shown);
            told.lines().forEach(line -> out.printf("%-9s %s%n", request.restart() ? "restart" : "rollout", line));
            out.flush();
            shown += told.getBytes(StandardCharsets.UTF_8).length;
            if (result.isPresent()) {
                return result.get();
            }
            if (state.running().isEmpty()) {
                throw ToolException.startFailed("The platform has ended meanwhile.", List.of());
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private void requirePlatform() {
        var now = state.running()
                .orElseThrow(() -> ToolException.prerequisite("Nothing runs here. Start it with ./flashsale up"));
        if (now.isExternal() || !queue.isOpen()) {
            throw ToolException.usage("What runs here takes no rollouts: it was not started by ./flashsale up here");
        }
        if (!List.of("READY", "DEGRADED").contains(now.state())) {
            throw ToolException.usage("The platform is " + now.state() + "; ask again when it is READY");
        }
    }

    private void awaitTaken(String name) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TAKEN_WITHIN.toNanos();
        while (!queue.isTaken(name)) {
            if (System.nanoTime() > deadline && queue.takeBack(name)) {
                throw ToolException.startFailed(
                        "The platform does not take requests now; nothing was changed.", List.of());
            }
            Thread.sleep(LOOK_EVERY);
        }
    }
}
