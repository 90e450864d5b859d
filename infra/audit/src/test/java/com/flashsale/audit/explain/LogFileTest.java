package com.flashsale.audit.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path directory;

    private static String line(Instant at, String message) {
        return LogFile.BEGIN + at + "\",\"message\":\"" + message + "\"}";
    }

    private Path log(int seconds) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("a banner that is no JSON");
        for (int i = 0; i < seconds; i++) lines.add(line(NOON.plusSeconds(i), "second " + i + " " + "x".repeat(100)));
        return Files.write(directory.resolve("order-service.log"), lines);
    }

    private static List<String> read(Path log, Instant from, Instant until, long most) throws IOException {
        var lines = new ArrayList<String>();
        try (var file = new LogFile(log)) {
            lines.add(String.valueOf(file.lines(from, until, most, lines::add)));
        }
        return lines;
    }

    @Test
    void a_period_in_the_middle_of_a_long_log_is_found_without_reading_what_is_before() throws IOException {
        var lines = read(log(20_000), NOON.plusSeconds(15_000), NOON.plusSeconds(15_002), 1 << 20);

        assertThat(lines).anyMatch(line -> line.contains("second 15000 "));
        assertThat(lines).anyMatch(line -> line.contains("second 15002 "));
        assertThat(lines).noneMatch(line -> line.contains("second 15003 "));
        assertThat(lines).hasSizeLessThan(2_000).last().isEqualTo("true");
    }

    @Test
    void the_first_and_the_last_line_are_read() throws IOException {
        var lines = read(log(3), NOON.minusSeconds(9), NOON.plusSeconds(9), 1 << 20);

        assertThat(lines).hasSize(5).anyMatch(line -> line.contains("second 0 "));
        assertThat(lines).anyMatch(line -> line.contains("second 2 "));
    }

    @Test
    void a_period_with_more_bytes_than_allowed_is_cut_and_says_so() throws IOException {
        var lines = read(log(20_000), NOON, NOON.plus(Duration.ofDays(1)), 100_000);

        assertThat(lines).hasSizeLessThan(1_000).last().isEqualTo("false");
    }

    @Test
    void an_empty_log_has_no_line() throws IOException {
        assertThat(read(Files.createFile(directory.resolve("empty.log")), NOON, NOON, 1 << 20))
                .containsExactly("true");
    }
}
