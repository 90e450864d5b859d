package com.flashsale.order.payment;

import com.flashsale.platform.observability.TraceContext;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The provider with a time limit and a circuit breaker. It always answers: any failure is {@link Answer.Unclear},
 * because a call that failed here may have succeeded there.
 */
@Component
public class GuardedProvider {

    private static final Logger log = LoggerFactory.getLogger(GuardedProvider.class);
    private static final String NAME = "payment-provider";

    private final PaymentProvider provider;
    private final CircuitBreaker breaker;
    private final Duration timeLimit;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    GuardedProvider(PaymentProvider provider, CircuitBreakerRegistry breakers, PaymentProviderSettings settings) {
        this.provider = provider;
        this.breaker = breakers.circuitBreaker(NAME);
        this.timeLimit = settings.timeLimit();
    }

    public Answer charge(Payment payment) {
        return guarded(() -> provider.charge(payment));
    }

    public Answer ask(UUID paymentId) {
        return guarded(() -> provider.ask(paymentId));
    }

    public Answer refund(UUID paymentId) {
        return guarded(() -> provider.refund(paymentId));
    }

    private Answer guarded(Supplier<Answer> call) {
        var trace = TraceContext.currentTraceparent();
        Supplier<CompletionStage<Answer>> started = () -> CompletableFuture.supplyAsync(
                        () -> {
                            try (var _ = TraceContext.from(trace).open()) {
                                return call.get();
                            }
                        },
                        calls)
                .orTimeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        return CircuitBreaker.decorateCompletionStage(breaker, started)
                .get()
                .exceptionally(GuardedProvider::unclear)
                .toCompletableFuture()
                .join();
    }

    private static Answer unclear(Throwable failure) {
        // an open breaker has said so once; each call that it stops is no news
        if (failure instanceof CallNotPermittedException) log.debug("Not asked: {}", failure.getMessage());
        else log.warn("No answer from the payment provider: {}", failure.toString());
        return new Answer.Unclear(failure.getClass().getSimpleName());
    }

    @PreDestroy
    void close() {
        calls.shutdown();
    }
}
