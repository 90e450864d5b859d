package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.order.payment.Payment;
import com.flashsale.order.payment.PaymentTestAccess;
import com.flashsale.platform.time.Ids;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/** Payments whose process is gone, and a provider that each test may disturb. */
abstract class UnsettledPaymentIT extends OrderServiceIT {

    @Autowired
    CircuitBreakerRegistry breakers;

    @Autowired
    ConfigurableApplicationContext context;

    @AfterEach
    void the_provider_is_itself_again() {
        PROVIDER.loseCharges(false);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(breaker().getState()).isNotEqualTo(CircuitBreaker.State.OPEN));
    }

    CircuitBreaker breaker() {
        return breakers.circuitBreaker("payment-provider");
    }

    UUID requestedByAProcessThatIsGone(UUID order) {
        return requestedByAProcessThatIsGone(order, Ids.next());
    }

    UUID requestedByAProcessThatIsGone(UUID order, UUID payment) {
        return requestedByAProcessThatIsGone(order, payment, "now()", "now()");
    }

    UUID requestedByAProcessThatIsGone(UUID order, UUID payment, String at, String nextAttempt) {
        jdbc.sql("""
                insert into payment (id, order_id, method, amount_minor, currency, state, requested_at, charged_at,
                                     next_attempt_at)
                values (:id, :order, 'test-approve', 8990, 'EUR', 'REQUESTED', %1$s, %1$s, %2$s)
                """.formatted(at, nextAttempt))
                .param("id", payment)
                .param("order", order)
                .update();
        return payment;
    }

    void change(UUID payment, String to) {
        jdbc.sql("update payment set " + to + " where id = ?").param(payment).update();
    }

    Payment paymentOf(UUID id) {
        return PaymentTestAccess.find(jdbc, id);
    }
}
