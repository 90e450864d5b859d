package com.flashsale.order.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.order.order.Order.CancellationReason;
import com.flashsale.order.order.Order.Cancelled;
import com.flashsale.order.sale.Money;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The producer's contract is {@code asyncapi.yaml}; this is its check. */
class OrderEventTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonMapper json = JsonMapper.builder().build();
    private final Purchase purchase = new Purchase(
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            2,
            new Money(17980, "EUR"),
            NOON);

    private List<OrderEvent> oneOfEachKind() {
        var events = new ArrayList<OrderEvent>();
        events.add(OrderEvent.placed(purchase));
        events.add(OrderEvent.paid(purchase, UUID.randomUUID(), NOON));
        for (var reason : CancellationReason.values()) {
            events.add(OrderEvent.cancelled(new Cancelled(purchase, reason), NOON));
        }
        return events;
    }

    @Test
    void every_kind_of_event_keeps_the_contract() {
        assertThat(oneOfEachKind()).extracting(Object::getClass).contains(OrderEvent.class.getPermittedSubclasses());
        for (var event : oneOfEachKind()) {
            var sent = event.toOutbox();
            assertThat(violations(sent.type(), json.writeValueAsString(sent.data())))
                    .as(sent.type())
                    .isEmpty();
        }
    }

    @Test
    void events_of_a_sale_share_its_key_and_are_about_their_order() {
        assertThat(oneOfEachKind()).allSatisfy(event -> {
            assertThat(event.toOutbox().topic()).isEqualTo("order.order");
            assertThat(event.toOutbox().key()).isEqualTo(purchase.saleId().toString());
            assertThat(event.toOutbox().subject()).isEqualTo(purchase.id().toString());
        });
    }

    @Test
    void the_contract_refuses_what_it_does_not_name() {
        var type = "com.flashsale.order.order.placed.v1";
        var complete = json.writeValueAsString(OrderEvent.placed(purchase));

        assertThat(violations(type, complete.replace("\"quantity\":2", "\"quantity\":0")))
                .isNotEmpty();
        assertThat(violations(type, complete.replace("\"quantity\"", "\"amount\"")))
                .isNotEmpty();
        assertThat(violations(type, complete.replace(NOON.toString(), "noon"))).isNotEmpty();
        assertThatThrownBy(() -> violations("com.flashsale.order.order.forgotten.v1", complete))
                .isInstanceOf(RuntimeException.class);
    }

    private static List<?> violations(String type, String data) {
        var schema = REGISTRY.getSchema(SchemaLocation.of("classpath:asyncapi.yaml#/components/schemas/" + type));
        return schema.validate(
                data,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
