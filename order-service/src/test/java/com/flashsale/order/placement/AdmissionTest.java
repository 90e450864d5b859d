package com.flashsale.order.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.order.sale.Sale.Pauses;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final UUID SALE = UUID.randomUUID();
    private static final UUID CUSTOMER = UUID.randomUUID();
    private static final Map<String, Object> CLAIMS = Map.of(
            "jti", UUID.randomUUID().toString(),
            "sale", SALE.toString(),
            "sub", CUSTOMER.toString(),
            "units", 2L,
            "exp", NOON.getEpochSecond());

    private final Admission admission = Admission.of(CLAIMS).orElseThrow();

    @Test
    void counts_until_the_instant_at_which_it_expires() {
        assertThat(admission.isExpiredAt(NOON.minusMillis(1), Pauses.NONE)).isFalse();
        assertThat(admission.isExpiredAt(NOON, Pauses.NONE)).isTrue();
    }

    @Test
    void lasts_as_much_longer_as_its_sale_was_paused_since_it_was_issued() {
        var claims = new HashMap<>(CLAIMS);
        claims.put("pausedMillis", 10_000L);
        var issuedAfterAPause = Admission.of(claims).orElseThrow();
        var pausedAgain = new Pauses(40_000, null);
        assertThat(issuedAfterAPause.isExpiredAt(NOON.plusMillis(29_999), pausedAgain))
                .isFalse();
        assertThat(issuedAfterAPause.isExpiredAt(NOON.plusSeconds(30), pausedAgain))
                .isTrue();
        assertThat(issuedAfterAPause.isExpiredAt(NOON.plusSeconds(3600), new Pauses(10_000, NOON.minusSeconds(1))))
                .isFalse();
        assertThat(issuedAfterAPause.isExpiredAt(NOON, Pauses.NONE)).isTrue();
        assertThat(admission.isExpiredAt(NOON, pausedAgain))
                .as("issued before pauses were told")
                .isTrue();
    }

    @Test
    void is_for_one_customer_in_one_sale() {
        assertThat(admission.isFor(SALE, CUSTOMER)).isTrue();
        assertThat(admission.isFor(SALE, UUID.randomUUID())).isFalse();
        assertThat(admission.isFor(UUID.randomUUID(), CUSTOMER)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jti", "sale", "sub", "units", "exp"})
    void is_nothing_if_a_claim_is_missing_or_misshapen(String claim) {
        var without = new HashMap<>(CLAIMS);
        without.remove(claim);
        var misshapen = new HashMap<>(CLAIMS);
        misshapen.put(claim, "misshapen");

        assertThat(Admission.of(without)).isEmpty();
        assertThat(Admission.of(misshapen)).isEmpty();
    }
}
