package com.flashsale.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.client.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Letters for people and programs. A letter can hold any bytes: none of them may command a terminal. */
public final class LetterText {

    private static final int LONGEST_REASON = 160;
    private static final int LONGEST_VALUE = 64 << 10;
    private static final String ROW = "%-28s %7s  %-26s %-32s %s";

    private LetterText() {}

    public static String head() {
        return ROW.formatted("ID", "AGE", "CONSUMER", "ORIGIN", "REASON");
    }

    public static String row(Letter letter, @Nullable ReplayRecord mark, Instant now) {
        var state = mark == null ? "" : "[%s %s ago] ".formatted(mark.outcome().words(), age(mark.at(), now));
        return ROW.formatted(
                letter.id(),
                age(letter.setAsideAt(), now),
                plain(letter.consumer(), LONGEST_REASON),
                plain(letter.origin(), LONGEST_REASON),
                state + plain(letter.reason(), LONGEST_REASON));
    }

    public static String result(Result result) {
        return "%-28s %-17s %s %s"
                .formatted(
                        result.letter().id(),
                        result.outcome().words(),
                        result.sentTo() == null ? result.letter().origin() : result.sentTo(),
                        plain(result.note(), LONGEST_REASON))
                .stripTrailing();
    }

    /** Everything that is known of it. */
    public static String whole(Letter letter, @Nullable ReplayRecord mark, Instant now) {
        var text = new StringBuilder();
        line(text, "id", letter.id().toString());
        line(text, "set aside", "%s, %s ago".formatted(letter.setAsideAt(), age(letter.setAsideAt(), now)));
        line(text, "consumer", letter.consumer());
        line(text, "origin", letter.origin());
        line(text, "reason", letter.reason());
        if (mark != null) {
            line(
                    text,
                    "replayed",
                    "%s to %s: %s"
                            .formatted(mark.at(), mark.sentTo(), mark.outcome().words()));
        }
        var message = letter.message();
        line(text, "key", printable(message.key()));
        message.headers().forEach(header -> line(text, "header", header.key() + "=" + printable(header.value())));
        line(text, "value", pretty(message.value()));
        return text.toString().stripTrailing();
    }

    /** For programs. The value is text where it is UTF-8, and base64 where it is not. */
    public static Map<String, Object> document(Letter letter, @Nullable ReplayRecord mark, boolean isWhole) {
        var document = new LinkedHashMap<String, Object>();
        document.put("id", letter.id().toString());
        document.put("topic", letter.topic());
        document.put("consumer", letter.consumer());
        document.put("origin", letter.origin());
        document.put("reason", letter.reason());
        document.put("setAsideAt", letter.setAsideAt().toString());
        letter.eventId().ifPresent(id -> document.put("eventId", id));
        if (mark != null) document.put("replayed", mark);
        if (isWhole) {
            var message = letter.message();
            document.put("key", message.key() == null ? "" : printable(message.key()));
            var headers = new LinkedHashMap<String, String>();
            message.headers().forEach(header -> headers.put(header.key(), printable(header.value())));
            document.put("headers", headers);
            document.put("value", printable(message.value()));
        }
        return document;
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-10s ".formatted(name))
                .append(plain(value, LONGEST_VALUE))
                .append(System.lineSeparator());
    }

    private static String pretty(byte @Nullable [] value) {
        if (value == null) return "(none)";
        if (value.length > LONGEST_VALUE) return printable(value);
        try {
            return System.lineSeparator() + Json.pretty(Json.MAPPER.readTree(value));
        } catch (JacksonException noJson) {
            return printable(value);
        }
    }

    private static String printable(byte @Nullable [] bytes) {
        if (bytes == null) return "(none)";
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException noText) {
            return "base64:" + Base64.getEncoder().encodeToString(bytes);
        }
    }

    static String plain(String text, int longest) {
        var plain = new StringBuilder();
        text.codePoints().limit(longest).forEach(point -> {
            if (point == '\n' || !isCommand(point)) plain.appendCodePoint(point);
            else plain.append("\\u%04x".formatted(point));
        });
        if (text.codePointCount(0, text.length()) > longest) plain.append("…");
        return longest == LONGEST_REASON ? plain.toString().replace('\n', ' ') : plain.toString();
    }

    /** Controls of a terminal, and marks that turn the direction of what follows. */
    private static boolean isCommand(int point) {
        return Character.isISOControl(point) || Character.getType(point) == Character.FORMAT;
    }

    static String age(Instant then, Instant now) {
        var age = Duration.between(then, now);
        if (age.toDays() > 1) return age.toDays() + " d";
        if (age.toHours() > 1) return age.toHours() + " h";
        if (age.toMinutes() > 1) return age.toMinutes() + " min";
        return Math.max(0, age.toSeconds()) + " s";
    }
}
