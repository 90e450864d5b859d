package com.flashsale.local.service;

import com.flashsale.client.ToolException;
import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.client.topology.Services;
import com.flashsale.local.console.PlatformConsole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what the services of a stopped platform have recorded, so that the next start takes half the time. It happens
 * once for each build. A failure costs nothing but the speed of the next start, and is said.
 */
public final class Learning {

    private static final double MIB = 1 << 20;

    private final Training training;
    private final PlatformConsole console;

    public Learning(Training training, PlatformConsole console) {
        this.training = training;
        this.console = console;
    }

    /** @param begins told before the first cache is made; not told when none is due */
    public void keep(Runnable begins) {
        try {
            var due = due();
            if (due.isEmpty()) return;
            begins.run();
            console.say(
                    "learning",
                    "for the next start, once for each build: %d to do, some seconds each; --no-learn leaves it out"
                            .formatted(due.size()));
            long begun = System.nanoTime();
            long bytes = 0;
            for (var service : due) bytes += training.create(service);
            console.say(
                    "learning",
                    "%.0f MiB kept after %d s"
                            .formatted(
                                    bytes / MIB,
                                    Duration.ofNanos(System.nanoTime() - begun).toSeconds()));
        } catch (IOException | UncheckedIOException | ToolException failed) {
            console.say("learning", "ended early, the next start is as this one: " + failed.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private List<ServiceSpec> due() throws IOException {
        var due = new ArrayList<ServiceSpec>();
        for (var service : Services.all()) {
            if (training.isDue(service)) due.add(service);
        }
        return due;
    }
}
