package com.flashsale.inventory.reservation;

import static com.flashsale.inventory.reservation.Buyers.NOON;
import static com.flashsale.inventory.reservation.Buyers.SALE;
import static com.flashsale.inventory.reservation.Buyers.held;
import static com.flashsale.inventory.reservation.Buyers.oneUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.flashsale.inventory.AsyncApi;
import com.flashsale.inventory.stock.Stock;
import com.flashsale.inventory.stock.StockSnapshot;
import com.flashsale.platform.outbox.OutboxEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReservationEventsTest {

    private static final Stock STOCK = Stock.allotted(SALE, 10).hold(3).sell(1).nextVersion();

    private final JsonMapper json = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    @Test
    void every_kind_of_decision_keeps_the_contract() {
        var held = held(oneUnit());
        var decisions = List.of(
                new Decision.Held(held),
                new Decision.Refused(oneUnit(), Refusal.SOLD_OUT),
                new Decision.Refused(oneUnit(), Refusal.LIMIT_REACHED),
                new Decision.Refused(oneUnit(), Refusal.NOT_OPEN),
                new Decision.Confirmed(held.confirm(NOON)),
                new Decision.ConfirmationRefused(held.purchase(), held.id()),
                new Decision.ConfirmationRefused(oneUnit(), null),
                new Decision.Released(held.release(NOON)),
                new Decision.Expired(held.expire(NOON)));

        assertThat(decisions).extracting(Object::getClass).contains(Decision.class.getPermittedSubclasses());
        decisions.forEach(decision -> assertKept(ReservationEvents.of(decision, STOCK)));
    }

    @Test
    void a_changed_stock_keeps_the_contract() {
        assertKept(StockSnapshot.of(STOCK).changed());
    }

    @Test
    void the_contract_refuses_what_it_does_not_name() {
        var type = "com.flashsale.inventory.stock.changed.v1";
        var complete = json.writeValueAsString(StockSnapshot.of(STOCK));

        assertThatThrownBy(() -> AsyncApi.assertKept(type, complete.replace("\"sold\":1", "\"sold\":-1")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> AsyncApi.assertKept(type, complete.replace("\"sold\"", "\"taken\"")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() ->
                        AsyncApi.assertKept(type, complete.replace(SALE.value().toString(), "a sale")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void an_order_and_its_events_share_the_key() {
        var purchase = oneUnit();
        var event = ReservationEvents.of(new Decision.Refused(purchase, Refusal.SOLD_OUT), STOCK);

        assertThat(event.key()).isEqualTo(purchase.order().value().toString());
        assertThat(event.topic()).isEqualTo("inventory.reservation");
    }

    private void assertKept(OutboxEvent event) {
        AsyncApi.assertKept(event.type(), json.writeValueAsString(event.data()));
    }
}
