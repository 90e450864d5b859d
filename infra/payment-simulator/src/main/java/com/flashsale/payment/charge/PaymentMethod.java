package com.flashsale.payment.charge;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The test methods: each names the reaction of the simulated customer's bank. */
enum PaymentMethod {
    APPROVE("test-approve", Verdict.CAPTURED),
    DECLINE("test-decline", Verdict.DECLINED),
    /** Captured, but the answer takes a while. */
    SLOW("test-slow", Verdict.CAPTURED),
    /** Captured, but the answer comes after the caller has given up: it must ask again. */
    TIMEOUT("test-timeout", Verdict.CAPTURED);

    private final String wireName;
    private final Verdict verdict;

    PaymentMethod(String wireName, Verdict verdict) {
        this.wireName = wireName;
        this.verdict = verdict;
    }

    static Optional<PaymentMethod> named(@Nullable String wireName) {
        return Arrays.stream(values())
                .filter(method -> method.wireName.equals(wireName))
                .findAny();
    }

    static String names() {
        return Arrays.stream(values()).map(PaymentMethod::wireName).collect(Collectors.joining(", "));
    }

    String wireName() {
        return wireName;
    }

    Verdict verdict() {
        return verdict;
    }
}
