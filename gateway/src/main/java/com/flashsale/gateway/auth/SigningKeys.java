package com.flashsale.gateway.auth;

import com.flashsale.gateway.reactive.SingleFlight;
import com.flashsale.platform.token.VerificationKeys;
import com.nimbusds.jose.JOSEException;
import io.micrometer.core.instrument.MeterRegistry;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * The issuer's keys, fetched in the background. Fetched keys are used until newer ones come, so auth-service may be
 * down for any time. A token with an unknown key may cause a fetch of its own, but seldom: otherwise any client could
 * make the gateway flood auth-service.
 */
@Component
class SigningKeys {

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

    private final WebClient http;
    private final TokenSettings settings;
    private final SingleFlight<VerificationKeys> fetches = new SingleFlight<>();
    private final AtomicLong nextForUnknown = new AtomicLong(System.nanoTime());
    private volatile VerificationKeys keys = VerificationKeys.NONE;
    private volatile long next = System.nanoTime();
    private volatile boolean failing;

    SigningKeys(WebClient http, TokenSettings settings, MeterRegistry meters) {
        this.http = http;
        this.settings = settings;
        meters.gauge("gateway.token.keys", this, self -> self.keys.byId().size());
    }

    VerificationKeys current() {
        return keys;
    }

    /** Fetches every second until there are keys, then at the pace of the settings. */
    @Scheduled(fixedDelayString = "PT1S")
    void refreshWhenDue() {
        if (keys.isEmpty() || System.nanoTime() - next >= 0) fetch().subscribe();
    }

    /** The keys after another fetch, or the present ones when it is too soon for a fetch. */
    Mono<VerificationKeys> refreshForUnknownKey() {
        if (fetches.isUnderWay()) return fetch();
        var due = nextForUnknown.get();
        var now = System.nanoTime();
        var mine = now - due >= 0
                && nextForUnknown.compareAndSet(
                        due, now + settings.unknownKeyEvery().toNanos());
        return mine ? fetch() : Mono.just(keys);
    }

    private Mono<VerificationKeys> fetch() {
        return fetches.join(() -> http.get()
                .uri(settings.jwksUri())
                .retrieve()
                .bodyToMono(String.class)
                .timeout(settings.jwksTimeout())
                .map(SigningKeys::parsed)
                .doOnNext(this::use)
                .onErrorResume(failure -> Mono.fromSupplier(() -> keepUsing(failure))));
    }

    private void use(VerificationKeys fetched) {
        keys = fetched;
        next = System.nanoTime() + settings.refreshEvery().toNanos();
        failing = false;
    }

    private VerificationKeys keepUsing(Throwable failure) {
        if (!failing) log.warn("cannot fetch the keys of {}: {}", settings.issuer(), failure.toString());
        failing = true;
        next = System.nanoTime() + AFTER_A_FAILURE.toNanos();
        return keys;
    }

    private static VerificationKeys parsed(String jwks) {
        try {
            return VerificationKeys.parse(jwks);
        } catch (ParseException | JOSEException e) {
            throw Exceptions.propagate(e);
        }
    }
}
