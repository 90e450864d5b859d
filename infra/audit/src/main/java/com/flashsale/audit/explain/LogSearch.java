package com.flashsale.audit.explain;

import com.flashsale.audit.explain.Entry.Kind;
import com.flashsale.client.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Searches the logs of a platform on this machine for the lines of some traces and ids. */
final class LogSearch {

    private static final Duration SKEW = Duration.ofSeconds(2);
    private static final int SHORTEST_ID = 32;
    private static final int MOST_LINES = 300;

    private final Path directory;
    private final Set<String> wanted;
    private final Redaction redaction;
    private final long mostBytes;
    private final Timeline line;
    private Instant begin = Instant.EPOCH;
    private int lines;

    /**
     * @param wanted trace ids and ids, in small letters
     * @param mostBytes the most that is read of one log
     */
    LogSearch(Path directory, Set<String> wanted, Redaction redaction, long mostBytes, Timeline line) {
        this.directory = directory;
        this.wanted = wanted;
        this.redaction = redaction;
        this.mostBytes = mostBytes;
        this.line = line;
    }

    /** Adds the lines of all services in this period. Engines log no JSON and are not read. */
    void read(Instant from, Instant until) {
        begin = from.minus(SKEW);
        for (var log : logs()) {
            try (var file = new LogFile(log)) {
                boolean whole = file.lines(begin, until.plus(SKEW), mostBytes, this::look);
                if (!whole) line.unread("%s: only %d bytes of its period were read".formatted(log, mostBytes));
            } catch (IOException unreadable) {
                line.unread("%s cannot be read: %s".formatted(log, unreadable.getMessage()));
            }
        }
        if (lines > MOST_LINES) line.unread("%d more log lines".formatted(lines - MOST_LINES));
    }

    private List<Path> logs() {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void look(String text) {
        if (!text.startsWith(LogFile.BEGIN) || !mentions(text)) return;
        var at = LogFile.timeOf(text);
        if (at.isEmpty() || at.get().isBefore(begin) || ++lines > MOST_LINES) return;
        try {
            add(at.get(), Json.tree(text));
        } catch (JacksonException halfALine) {
            line.unread("a log line that is no JSON");
        }
    }

    private void add(Instant at, JsonNode event) {
        var log = event.path("log");
        var logger = log.path("logger").asString("");
        var trace = event.path("traceId").asString("");
        var entry = Entry.of(
                at,
                event.path("service").path("name").asString("unknown"),
                Kind.LOG,
                redaction.of(logger.equals("access") ? request(event) : message(event, log)));
        line.add((logger.startsWith("com.flashsale.") ? entry.by(logger.substring("com.flashsale.".length())) : entry)
                .traced(trace.length() == SHORTEST_ID ? trace : null));
    }

    private static String message(JsonNode event, JsonNode log) {
        var error = event.path("error").path("type").asString("");
        return log.path("level").asString("") + " " + event.path("message").asString("")
                + (error.isEmpty() ? "" : " | " + error);
    }

    private static String request(JsonNode event) {
        return "%s %s answered %s in %s ms, by %s"
                .formatted(
                        event.path("method").asString("?"),
                        event.path("path").asString("?"),
                        event.path("status").asString("?"),
                        event.path("ms").asString("?"),
                        event.path("upstream").asString("the gateway"));
    }

    /** One pass over the line: the runs of digits, letters a to f and hyphens that are as long as an id. */
    private boolean mentions(String text) {
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && isOfAnId(text.charAt(i))) continue;
            if (i - begin >= SHORTEST_ID && wanted.contains(text.substring(begin, i))) return true;
            begin = i + 1;
        }
        return false;
    }

    private static boolean isOfAnId(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-';
    }
}
