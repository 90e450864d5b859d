package com.flashsale.customers;

import com.flashsale.client.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The client's own record of its orders, one line of JSON per POST: the audit compares it with the databases. Each line
 * is written through at once, because the record is worth most when this process ends early.
 */
public final class OrderHistory implements OrderLog, AutoCloseable {

    /** The status of a request without a response: it may have had its effect or not. */
    static final int NO_ANSWER = 0;

    private final BufferedWriter lines;
    private final Clock clock;
    private final ReentrantLock writing = new ReentrantLock();

    private OrderHistory(BufferedWriter lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    /** @param file {@code <run directory>/history/<name>.jsonl} */
    public static OrderHistory at(Path file, Clock clock) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new OrderHistory(Files.newBufferedWriter(file), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void tried(Attempt attempt) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("at", clock.instant().toString());
        line.put("customerId", attempt.customerId());
        line.put("idempotencyKey", attempt.idempotencyKey());
        line.put("saleId", attempt.saleId());
        line.put("orderId", attempt.orderId());
        line.put("status", attempt.status());
        line.put("admissionId", idOf(attempt.admission()));
        writing.lock();
        try {
            lines.write(Json.line(line));
            lines.newLine();
            lines.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writing.unlock();
        }
    }

    /** The {@code jti} of a signed admission, null if it is not one. */
    static @Nullable String idOf(String admission) {
        var parts = admission.split("\\.", -1);
        if (parts.length != 3) return null;
        try {
            var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return Json.tree(claims).path("jti").asString(null);
        } catch (IllegalArgumentException | JacksonException noToken) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
