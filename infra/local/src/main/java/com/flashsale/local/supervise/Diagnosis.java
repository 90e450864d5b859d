package com.flashsale.local.supervise;

import com.flashsale.local.process.LogLine;
import java.util.ArrayList;
import java.util.List;

/** Turns the end of a log into a likely cause and one command, for the failures that people really meet. */
final class Diagnosis {

    private record Known(String sign, String cause, String command) {}

    private static final List<Known> KNOWN = List.of(
            new Known("already in use", "a port is taken by another process", "./flashsale doctor"),
            new Known("BindException", "a port is taken by another process", "./flashsale doctor"),
            new Known("OutOfMemoryError", "its heap is too small for what it holds", "./flashsale up --fresh"),
            new Known("No space left on device", "the disk is full", "df -h ."),
            new Known(
                    "password authentication failed",
                    "the data is of another set of secrets",
                    "./flashsale up --fresh"),
            new Known(
                    "Migration checksum mismatch",
                    "a migration was changed after it ran here",
                    "./flashsale up --fresh"),
            new Known(
                    "FlywayMigrateException",
                    "a migration of its database failed, nothing of it was kept",
                    "mend it, build, roll out again"),
            new Known("Validate failed", "the data was made by another version", "./flashsale up --fresh"),
            new Known("UnsupportedClassVersionError", "an older JDK runs it", "./flashsale doctor"),
            new Known(
                    "ClassNotFoundException",
                    "the build is incomplete",
                    "rm -rf .run/apps .run/build.stamp && ./flashsale up"));

    private Diagnosis() {}

    static List<String> of(Resource resource, List<String> log) {
        var lines = new ArrayList<String>();
        lines.add("last lines of " + resource.log() + ":");
        log.forEach(line -> lines.add("  " + LogLine.readable(line)));
        var text = String.join("\n", log);
        KNOWN.stream()
                .filter(known -> text.contains(known.sign()))
                .findFirst()
                .ifPresentOrElse(
                        known -> {
                            lines.add("likely cause: " + known.cause());
                            lines.add("try: " + known.command());
                        },
                        () -> lines.add("try: ./flashsale logs " + resource.id() + " -n 200"));
        return lines;
    }
}
