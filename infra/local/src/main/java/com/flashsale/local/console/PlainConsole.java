package com.flashsale.local.console;

import com.flashsale.local.supervise.ResourceStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** One line per change, for logs and pipes. */
final class PlainConsole implements PlatformConsole {

    private final PrintWriter out;

    PlainConsole(PrintWriter out) {
        this.out = out;
    }

    @Override
    public synchronized void say(String phase, String text) {
        out.printf("%-9s %s%n", phase, text);
        out.flush();
    }

    @Override
    public void show(String phase, List<String> lines) {
        say(phase, String.join(" | ", lines));
    }

    @Override
    public void changed(ResourceStatus resource, List<ResourceStatus> all) {
        say("up", "%-20s %s".formatted(resource.id(), describe(resource)));
    }

    static String describe(ResourceStatus resource) {
        var took = resource.took();
        return switch (resource.state()) {
            case READY ->
                took == null ? "ready" : String.format(Locale.ROOT, "ready in %.1f s", took.toMillis() / 1000.0);
            case WAITING, STARTING, STOPPED -> resource.state().name().toLowerCase(Locale.ROOT);
            case RESTARTING, FAILED -> resource.state().name().toLowerCase(Locale.ROOT) + ": " + resource.note();
        };
    }

    @Override
    public void close() {
        out.flush();
    }
}
