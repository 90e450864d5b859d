package com.flashsale.control.light;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.audit.Findings;
import com.flashsale.audit.Findings.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditLightTest {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final String ORDER = "01981c5e-0000-7000-8000-000000000001";
    private static final String SALE = "01981c5e-0000-7000-8000-00000000000a";

    private static Findings findings(long failed, Violation... violations) {
        return new Findings(3, failed, "gone", Duration.ofMillis(30), Duration.ofMillis(20), List.of(violations));
    }

    private static Violation violation(Instant lastSeen) {
        var what = "holds or owns 2, limit 1: orders " + ORDER;
        return new Violation("I6", "purchase limit", "sale " + SALE, what, NOON.minusSeconds(5), lastSeen);
    }

    @Test
    void no_look_is_no_green() {
        assertThat(AuditLight.of(findings(0), null, NOON).colour()).isEqualTo("DARK");
    }

    @Test
    void a_look_without_a_violation_is_green() {
        var light = AuditLight.of(findings(0), NOON, NOON);

        assertThat(light.colour()).isEqualTo("GREEN");
        assertThat(light.lookMillis()).isEqualTo(10);
        assertThat(light.lamps()).isNotEmpty().allMatch(Light.Lamp::green);
    }

    @Test
    void a_violation_is_red_and_names_the_order_but_not_the_sale_for_an_explanation() {
        var light = AuditLight.of(findings(0, violation(NOON.plusMillis(1))), NOON, NOON);

        assertThat(light.colour()).isEqualTo("RED");
        assertThat(light.lamps())
                .filteredOn(lamp -> !lamp.green())
                .singleElement()
                .satisfies(lamp -> {
                    assertThat(lamp.id()).isEqualTo("I6");
                    assertThat(lamp.violations().getFirst().ids()).containsExactly(ORDER);
                    assertThat(lamp.violations().getFirst().persists()).isTrue();
                });
    }

    @Test
    void a_violation_that_the_last_look_no_longer_saw_stays_red() {
        var light = AuditLight.of(findings(0, violation(NOON.minusSeconds(1))), NOON, NOON);

        assertThat(light.colour()).isEqualTo("RED");
        assertThat(light.lamps().stream()
                        .flatMap(lamp -> lamp.violations().stream())
                        .map(Light.Wrong::persists))
                .containsExactly(false);
    }

    @Test
    void databases_that_stay_away_put_the_light_out() {
        assertThat(AuditLight.of(findings(1), NOON, NOON.plusSeconds(6)).failure())
                .isEqualTo("gone");
        assertThat(AuditLight.of(findings(1), NOON, NOON.plusSeconds(16)).colour())
                .isEqualTo("DARK");
    }

    @Test
    void looks_come_within_four_seconds_until_they_would_take_a_twentieth_of_the_time() {
        assertThat(AuditLight.rested(Duration.ofMillis(20))).isEqualTo(Duration.ofMillis(980));
        assertThat(AuditLight.rested(Duration.ofMillis(150))).isEqualTo(Duration.ofSeconds(4));
        assertThat(AuditLight.rested(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(19));
    }
}
