package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The bytes that a browser with an empty cache receives for a page: headers, compressed files and responses. */
@DisabledIfSystemProperty(
        named = "flashsale.pages",
        matches = ".+",
        disabledReason = "pages of a working copy are not compressed")
class PageWeightIT extends BrowserTest {

    private static final int MOST_BYTES = 100_000;

    private static final String RECEIVED = """
            [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
              .reduce((sum, entry) => sum + entry.transferSize, 0)
            """;

    @Test
    void a_page_is_at_most_100_kilobytes() {
        var sale = sale(3);
        var pages = Map.<String, UnaryOperator<Visitor>>of(
                "/",
                visitor -> visitor.sees("Aurora Sneaker"),
                "/s/" + sale,
                visitor -> visitor.isAt("On sale now"),
                "/docs",
                visitor -> visitor.sees("OpenAPI documents"));
        pages.forEach((path, ready) -> assertThat(received(ready.apply(visitor().opens(path))))
                .as(path)
                .isBetween(5_000, MOST_BYTES));
    }

    @Test
    void a_page_of_a_customer_is_at_most_100_kilobytes() {
        var visitor = ada().opensSale(sale(2)).takesTurn().orders();
        var order = visitor.page.url();
        for (var page : new String[] {order, storefront.address() + "/orders"}) {
            emptyCache(visitor);
            visitor.opens(page).sees("Aurora Sneaker");
            assertThat(received(visitor)).as(page).isBetween(5_000, MOST_BYTES);
        }
    }

    private static void emptyCache(Visitor visitor) {
        var session = visitor.context.newCDPSession(visitor.page);
        session.send("Network.clearBrowserCache");
        session.detach();
    }

    private static int received(Visitor visitor) {
        return ((Number) Objects.requireNonNull(visitor.page.evaluate(RECEIVED))).intValue();
    }
}
