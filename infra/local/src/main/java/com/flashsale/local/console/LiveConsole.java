package com.flashsale.local.console;

import com.flashsale.local.supervise.ResourceStatus;
import java.io.PrintWriter;
import java.util.List;

/** A table of all resources that is drawn again in place at every change; sentences scroll by above it. */
final class LiveConsole implements PlatformConsole {

    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintWriter out;
    private final boolean colours;
    private List<ResourceStatus> table = List.of();
    private List<String> shown = List.of();
    private int drawn;

    LiveConsole(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    @Override
    public synchronized void say(String phase, String text) {
        erase();
        out.printf(" %-9s %s%n", phase, text);
        draw();
    }

    @Override
    public synchronized void show(String phase, List<String> lines) {
        // the table of started resources is no longer of interest
        erase();
        table = List.of();
        shown = lines.stream().map(line -> " %-9s %s".formatted(phase, line)).toList();
        draw();
    }

    @Override
    public synchronized void changed(ResourceStatus resource, List<ResourceStatus> all) {
        table = all;
        erase();
        draw();
    }

    @Override
    public synchronized void close() {
        out.flush();
        drawn = 0;
        table = List.of();
        shown = List.of();
    }

    private void erase() {
        if (drawn > 0) {
            out.printf("\u001b[%dA\u001b[J", drawn);
        }
        drawn = 0;
    }

    private void draw() {
        for (var resource : table) {
            out.printf("   %s %-20s %s%n", mark(resource), resource.id(), PlainConsole.describe(resource));
        }
        shown.forEach(out::println);
        drawn = table.size() + shown.size();
        out.flush();
    }

    private String mark(ResourceStatus resource) {
        return switch (resource.state()) {
            case READY -> coloured(GREEN, "✔");
            case FAILED -> coloured(RED, "✘");
            case STARTING, RESTARTING -> coloured(YELLOW, "▸");
            case WAITING, STOPPED -> "·";
        };
    }

    private String coloured(String colour, String text) {
        return colours ? colour + text + PLAIN : text;
    }
}
