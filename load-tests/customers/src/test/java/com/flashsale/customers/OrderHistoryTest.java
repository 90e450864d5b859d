package com.flashsale.customers;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderHistoryTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-27T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    @Test
    void each_request_is_a_line_at_once_also_the_one_without_an_answer() throws Exception {
        var file = directory.resolve("history").resolve("demo.jsonl");
        try (var history = OrderHistory.at(file, NOON)) {
            history.tried(new OrderLog.Attempt("ada", "key-1", "sale-1", admission("adm-1"), null, 0));
            history.tried(new OrderLog.Attempt("ada", "key-1", "sale-1", admission("adm-1"), "order-1", 202));

            var lines = Files.readAllLines(file);
            assertThat(lines).hasSize(2);
            var lost = Json.tree(lines.getFirst());
            assertThat(lost.path("status").asInt()).isZero();
            assertThat(lost.path("orderId").isNull()).isTrue();
            assertThat(lost.path("at").asString()).isEqualTo("2026-11-27T12:00:00Z");
            var answered = Json.tree(lines.getLast());
            assertThat(answered.path("orderId").asString()).isEqualTo("order-1");
            assertThat(answered.path("admissionId").asString()).isEqualTo("adm-1");
            assertThat(answered.path("customerId").asString()).isEqualTo("ada");
            assertThat(answered.path("idempotencyKey").asString()).isEqualTo("key-1");
            assertThat(answered.path("saleId").asString()).isEqualTo("sale-1");
        }
    }

    @Test
    void a_text_that_is_no_admission_has_no_id() {
        assertThat(OrderHistory.idOf("nonsense")).isNull();
        assertThat(OrderHistory.idOf("a.!!!.c")).isNull();
        assertThat(OrderHistory.idOf("a.bm9qc29u.c")).isNull();
    }

    private static String admission(String id) {
        var claims = "{\"jti\":\"" + id + "\"}";
        return "head."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".signature";
    }
}
