package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.systemtests.SpanCollector.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * One purchase is one trace, from the gateway over two outboxes and the broker back to the order, each span under what
 * caused it.
 */
@Order(RunningPlatform.BEFORE_THE_SHARED_ONE)
class TracingIT {

    static final String CALLER = "00f067aa0ba902b7";

    @Test
    void one_purchase_is_one_trace_in_which_every_span_hangs_under_its_cause() throws Exception {
        try (var collector = new SpanCollector()) {
            var platform = RunningPlatform.started(
                    Path.of("target/run-traced"),
                    "--with",
                    "traces",
                    "--traces-of",
                    "gateway,order-service,inventory-service",
                    "--traces-to",
                    collector.address().toString());
            try {
                var trace = purchase(platform, collector);
                // each process sends its spans when it likes
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertTree(collector.of(trace)));
            } finally {
                platform.stop();
            }
        }
    }

    private static String purchase(RunningPlatform platform, SpanCollector collector) {
        var shop = platform.shop();
        var ada = shop.shopper();
        var sale = shop.openSale(1);
        var trace = UUID.randomUUID().toString().replace("-", "");
        var headers = Map.of(
                "Idempotency-Key", UUID.randomUUID().toString(), "traceparent", "00-" + trace + "-" + CALLER + "-01");
        var body = Map.of("saleId", sale, "quantity", 1, "admission", shop.admission(ada, sale));
        var order = shop.api
                .post("/api/v1/orders", ada.token(), body, headers)
                .is(202)
                .text("id");
        shop.awaitState(ada, order, "RESERVED");
        return trace;
    }

    private static void assertTree(List<Span> trace) {
        var gateway = only(trace, span -> span.is("gateway", "SERVER"));
        assertThat(gateway.parent()).isEqualTo(CALLER);
        var call = under(
                gateway,
                trace,
                span -> span.is("gateway", "CLIENT") && span.tags().containsKey("http.request.method"));
        var placing = only(trace, span -> span.is("order-service", "SERVER"));
        assertThat(placing.parent()).isEqualTo(call.id());

        assertThat(below(placing, trace)).anyMatch(span -> writes(span, "order-service", "orders"));
        var placed = only(trace, span -> span.is("order-service", "PRODUCER"));
        assertThat(placed.name()).startsWith("order.order");
        assertThat(placed.parent()).as("over the outbox").isEqualTo(placing.id());

        var deciding = only(trace, span -> span.is("inventory-service", "CONSUMER"));
        assertThat(deciding.parent()).as("over Kafka").isEqualTo(placed.id());
        assertThat(below(deciding, trace)).anyMatch(span -> writes(span, "inventory-service", "reservation"));
        var decided = only(
                trace,
                span -> span.is("inventory-service", "PRODUCER") && span.name().startsWith("inventory.reservation"));
        assertThat(decided.parent()).as("over the outbox").isEqualTo(deciding.id());

        var learning = only(
                trace,
                span -> span.is("order-service", "CONSUMER") && span.name().startsWith("inventory.reservation"));
        assertThat(learning.parent()).as("over Kafka").isEqualTo(decided.id());
        assertThat(below(learning, trace)).anyMatch(span -> writes(span, "order-service", "orders"));
    }

    private static boolean writes(Span span, String service, String table) {
        var statement = span.tags().getOrDefault("db.statement", span.tags().getOrDefault("db.query.text", ""));
        return span.is(service, "CLIENT") && statement.matches("(?is).*(insert into|update)\\s+" + table + "\\b.*");
    }

    private static Span only(List<Span> trace, Predicate<Span> wanted) {
        var found = trace.stream().filter(wanted).toList();
        assertThat(found).as("one of %s", trace).hasSize(1);
        return found.getFirst();
    }

    private static Span under(Span top, List<Span> trace, Predicate<Span> wanted) {
        return only(below(top, trace), wanted);
    }

    /** All descendants. */
    private static List<Span> below(Span top, List<Span> trace) {
        return trace.stream().filter(span -> hangsUnder(top, span, trace)).toList();
    }

    private static boolean hangsUnder(Span top, Span span, List<Span> trace) {
        if (span.parent().equals(top.id())) return true;
        return trace.stream()
                .filter(parent -> parent.id().equals(span.parent()))
                .anyMatch(parent -> hangsUnder(top, parent, trace));
    }
}
