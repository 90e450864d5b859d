package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The explanation as a command, of an order that a customer has paid for. */
class ExplainIT {

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();

    @Test
    void a_paid_order_is_explained_from_rows_topics_and_logs() {
        var sale = shop.openSale(1);
        var ada = shop.shopper();
        var admission = shop.admission(ada, sale);
        var key = "key-" + UUID.randomUUID();
        var order = shop.order(ada, sale, admission, key).is(202).text("id");
        shop.awaitState(ada, order, "RESERVED");
        shop.pay(ada, order, "test-approve").is(202);
        shop.awaitState(ada, order, "PAID");

        var result = platform.command().run("explain", order, "--json");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain(admission, key, ada.token());
        var entries = Api.JSON.readTree(result.output()).path("entries");
        assertThat(values(entries, "kind")).contains("DECISION", "ROW", "EVENT", "HANDLED", "LOG");
        assertThat(values(entries, "fact")).contains("order.placed", "reservation.held", "order.paid");
        assertThat(values(entries, "trace")).isNotEmpty();
        assertThat(values(entries, "service"))
                .contains("gateway", "waitlist-service", "order-service", "inventory-service", "payment-simulator");
    }

    @Test
    void an_unknown_id_is_a_wrong_usage() {
        var result = platform.command().run("explain", UUID.randomUUID().toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("No service knows this id");
    }

    private static Set<String> values(JsonNode entries, String field) {
        var values = new HashSet<String>();
        entries.forEach(entry -> values.add(entry.path(field).asString("")));
        values.remove("");
        return values;
    }
}
