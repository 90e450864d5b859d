package com.flashsale.order;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.order.Shopper.Answer;
import org.junit.jupiter.api.Test;

class CancellationIT extends OrderServiceIT {

    @Test
    void a_placed_and_a_reserved_order_can_be_cancelled() {
        var shopper = aShopper();
        for (var order : new java.util.UUID[] {aPlacedOrder(shopper), aReservedOrder(shopper)}) {
            var cancelled = shopper.cancel(order);

            assertThat(cancelled.status()).isEqualTo(202);
            assertThat(cancelled.header("Location")).isEqualTo("/api/v1/orders/" + order);
            assertThat(cancelled.json().get("state").asString()).isEqualTo("CANCELLED");
            assertThat(cancelled.json().get("reason").asString()).isEqualTo("BY_CUSTOMER");
            awaitFacts(order, "placed", "cancelled");
            assertThat(eventsOf(order).getLast().data().get("reason").asString())
                    .isEqualTo("BY_CUSTOMER");
        }
    }

    @Test
    void cancelling_again_is_the_same_answer_and_no_second_event() {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);

        var answers = allAtOnce(10, () -> shopper.cancel(order));

        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers)
                .extracting(Answer::body)
                .containsOnly(answers.getFirst().body());
        awaitFacts(order, "placed", "cancelled");
    }

    @Test
    void a_paid_order_cannot_be_cancelled() {
        var shopper = aShopper();
        var order = aPaidOrder(shopper);

        var refused = shopper.cancel(order);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("ORDER_NOT_CANCELLABLE");
        assertThat(shopper.see(order).get("state").asString()).isEqualTo("PAID");
    }
}
