package com.flashsale.local.process;

import com.flashsale.client.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A line of a log for people: services write JSON, of which a person wants the time, the level, who speaks and what.
 */
public final class LogLine {

    private static final int TIME_FROM = 11;
    private static final int TIME_TO = 23;

    private LogLine() {}

    /** Any line that is no JSON log event is returned as it is. */
    public static String readable(String line) {
        if (!line.startsWith("{")) {
            return line;
        }
        try {
            var event = Json.tree(line);
            return event.path("message").isMissingNode() ? line : readable(event);
        } catch (JacksonException notJson) {
            return line;
        }
    }

    private static String readable(JsonNode event) {
        var timestamp = event.path("@timestamp").asString("");
        var time = timestamp.length() >= TIME_TO ? timestamp.substring(TIME_FROM, TIME_TO) : timestamp;
        var log = event.path("log");
        var logger = log.path("logger").asString("");
        var text = "%s %-5s %s: %s"
                .formatted(
                        time,
                        log.path("level").asString(""),
                        logger.substring(logger.lastIndexOf('.') + 1),
                        event.path("message").asString(""));
        return text + cause(event.path("error"));
    }

    /** The trace says it best in its last "Caused by". */
    private static String cause(JsonNode error) {
        if (error.isMissingNode()) {
            return "";
        }
        var root = error.path("stack_trace")
                .asString("")
                .lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((_, later) -> later)
                .orElse(error.path("type").asString("") + ": "
                        + error.path("message").asString(""));
        return " | " + root;
    }
}
