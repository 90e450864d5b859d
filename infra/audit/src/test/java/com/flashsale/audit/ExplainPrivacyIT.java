package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.audit.ShopEvents.Event;
import com.flashsale.audit.evidence.Topics;
import com.flashsale.audit.explain.Entry;
import com.flashsale.audit.explain.Entry.Kind;
import com.flashsale.audit.explain.Explanation;
import com.flashsale.audit.explain.HtmlPage;
import com.flashsale.audit.explain.TextPage;
import com.flashsale.client.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Log lines of the order and its trace are shown, and nothing that tells who a customer is or lets one act as them. */
class ExplainPrivacyIT extends ExplainedShop {

    private static final String EMAIL = "ada.lovelace@demo.example";
    private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJlLW9mLWFkYQ";
    private static final String KEY = "ada-pays-only-once";
    private static final String TRACE = "5a30a3fec68c6573c0e87174643432a3";

    private static String line(Instant at, String service, String logger, String message, String trace) {
        return ("{\"@timestamp\":\"%s\",\"log\":{\"level\":\"WARN\",\"logger\":\"%s\"},\"service\":{\"name\":\"%s\"},"
                        + "\"message\":%s,\"traceId\":\"%s\"}")
                .formatted(at, logger, service, Json.line(message), trace);
    }

    private void write(String service, String... lines) throws IOException {
        Files.write(logs.resolve(service + ".log"), List.of(lines));
    }

    private UUID order() throws SQLException {
        return shop.orders.place(ADA, KEY, shop.waitlist.admit(ADA));
    }

    @Test
    void the_lines_of_the_order_are_shown_and_others_are_not() throws Exception {
        var order = order();
        var now = Instant.now();
        var logger = "com.flashsale.order.checkout.PaymentReconciler";
        write(
                "order-service",
                "12:00:00,000 |-WARN a banner",
                line(now.minusSeconds(3600), "order-service", logger, "an hour ago " + order, ""),
                line(now, "order-service", logger, "Payment of " + order + " stays due", ""),
                line(now, "order-service", logger, "Payment of " + UUID.randomUUID() + " stays due", ""));

        var lines = of(explain(order), Kind.LOG);

        assertThat(lines).singleElement().satisfies(entry -> {
            assertThat(entry.what()).isEqualTo("WARN Payment of " + order + " stays due");
            assertThat(entry.decidedBy()).isEqualTo(logger);
            assertThat(entry.service()).isEqualTo("order-service");
        });
    }

    @Test
    void the_request_is_found_by_the_trace_of_its_event_and_rows_have_the_trace_too() throws Exception {
        var order = order();
        shop.databases.run("orders", "update outbox set traceparent = ?", "00-" + TRACE + "-0123456789abcdef-01");
        var access = line(Instant.now(), "gateway", "access", "request", TRACE)
                .replace(
                        "\"traceId\"",
                        "\"method\":\"POST\",\"path\":\"/api/v1/orders\",\"status\":202,\"ms\":9,\"traceId\"");
        write("gateway", access);

        var explanation = explain(order);

        assertThat(of(explanation, Kind.LOG))
                .extracting(Entry::what)
                .containsExactly("POST /api/v1/orders answered 202 in 9 ms, by the gateway");
        assertThat(explanation.traces()).containsExactly(TRACE);
        assertThat(of(explanation, Kind.ROW))
                .filteredOn(row -> row.what().startsWith("orders "))
                .extracting(Entry::trace)
                .containsExactly(TRACE);
    }

    @Test
    void no_e_mail_token_or_key_is_ever_shown() throws Exception {
        var order = order();
        shop.databases.run(
                "orders",
                "update idempotency_record set body = convert_to(?, 'UTF8')",
                "{\"email\":\"" + EMAIL + "\"}");
        var data = "{\"email\":\"%s\",\"admission\":\"%s\",\"reason\":\"BY_CUSTOMER\",\"expiresAt\":\"%s\"}"
                .formatted(EMAIL, TOKEN, EMAIL);
        shop.events.send(Event.of(Topics.ORDERS, "com.flashsale.order.order.cancelled.v1", order, shop.sale, data));
        var logger = "com.flashsale.order.Faulty";
        write(
                "order-service",
                line(Instant.now(), "order-service", logger, order + " of " + EMAIL + " with " + TOKEN, ""),
                line(Instant.now(), "order-service", logger, order + " came with key " + KEY, ""));
        shop.settle();

        for (var subject : List.of(order, ADA, shop.sale + "/1")) {
            var explanation = explain(subject);
            assertThat(of(explanation, Kind.LOG)).hasSize(2);
            assertThat(of(explanation, Kind.DECISION)).extracting(Entry::fact).contains("order.cancelled");
            assertNothingPersonal(explanation);
        }
    }

    private static void assertNothingPersonal(Explanation explanation) {
        for (var shown : List.of(
                Json.pretty(explanation), TextPage.of(explanation), HtmlPage.of(explanation), explanation.toString())) {
            assertThat(shown)
                    .doesNotContain(EMAIL, "lovelace", TOKEN, "eyJ", KEY)
                    .contains("[hidden]");
        }
    }
}
