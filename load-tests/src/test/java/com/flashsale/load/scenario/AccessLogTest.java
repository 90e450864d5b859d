package com.flashsale.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {

    @TempDir
    private Path directory;

    private Path log(String... lines) throws IOException {
        return Files.writeString(directory.resolve("gateway.log"), String.join("\n", lines));
    }

    private static String line(String time, String method, String path) {
        return """
                {"@timestamp":"2026-11-27T12:00:%sZ","log":{"level":"INFO","logger":"access"},\
                "method":"%s","path":"%s","status":200,"ms":10}\
                """.formatted(time, method, path);
    }

    @Test
    void requests_come_at_their_times_and_as_much_faster_as_wished() throws IOException {
        var file = log(
                line("02.000", "POST", "/api/v1/orders/**"),
                line("00.000", "GET", "/api/v1/sales/{saleId}/queue"),
                line("01.000", "GET", "/oauth2/authorize"),
                "{\"log\":{\"logger\":\"access\"},\"method\":\"GE");

        var read = AccessLog.read(file, 4);

        assertThat(read.kinds()).containsExactly("GET /api/v1/sales/{saleId}/queue", "POST /api/v1/orders/**");
        assertThat(read.arrivals().offsets()).containsExactly(0, 500_000_000);
    }

    @Test
    void a_log_without_requests_is_no_replay() throws IOException {
        var file = log("starting");

        assertThatIllegalArgumentException().isThrownBy(() -> AccessLog.read(file, 1));
    }
}
