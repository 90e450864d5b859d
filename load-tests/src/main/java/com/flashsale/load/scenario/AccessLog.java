package com.flashsale.load.scenario;

import com.flashsale.client.Json;
import com.flashsale.load.inject.Arrivals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The access log of the gateway: the time, the method and the row of the endpoint table of each request, never an id. A
 * replay therefore has the times and kinds of the real requests, but its own visitors and its own sale.
 *
 * @param kinds method and template of each request, in the order of their times
 */
record AccessLog(List<String> kinds, Arrivals arrivals) {

    private static final String MARK = "\"logger\":\"access\"";

    private record Line(Instant at, String kind) {}

    static AccessLog read(Path file, double speed) throws IOException {
        if (speed <= 0) throw new IllegalArgumentException("--speed must be above 0: " + speed);
        var lines = new ArrayList<Line>();
        try (var text = Files.lines(file)) {
            text.filter(line -> line.contains(MARK)).forEach(line -> addTo(lines, line));
        }
        lines.sort((one, other) -> one.at().compareTo(other.at()));
        if (lines.isEmpty()) throw new IllegalArgumentException("No request that can be replayed is in " + file);
        var first = lines.getFirst().at();
        var offsets = lines.stream()
                .mapToLong(line -> (long) (Duration.between(first, line.at()).toNanos() / speed))
                .toArray();
        var length = Duration.ofNanos(Math.max(1_000_000_000L, offsets[offsets.length - 1]));
        return new AccessLog(lines.stream().map(Line::kind).toList(), new Arrivals(offsets, length));
    }

    private static void addTo(List<Line> lines, String text) {
        try {
            JsonNode line = Json.tree(text);
            var kind =
                    line.path("method").asString("") + " " + line.path("path").asString("");
            if (Replay.KINDS.contains(kind)) {
                var end = Instant.parse(line.path("@timestamp").asString(""));
                lines.add(new Line(end.minusMillis(line.path("ms").asLong(0)), kind));
            }
        } catch (JacksonException cutShort) {
            // the last line of a log that is being written
            return;
        }
    }
}
