package com.flashsale.catalog.sale;

import static com.flashsale.catalog.sale.SaleBodies.aSale;
import static com.flashsale.catalog.sale.SaleBodies.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.web.FieldProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class SaleRequestTest {

    static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    static final UUID PRODUCT = UUID.randomUUID();
    static final Map<String, Object> BODY = aSale(PRODUCT, NOON, NOON.plusSeconds(3_600));

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void a_field_that_is_left_out_has_a_default() {
        var terms = check(BODY).terms();

        assertThat(terms.holdDuration()).isEqualTo(Duration.ofMinutes(2));
        assertThat(terms.pacing())
                .isEqualTo(new Terms.Pacing(
                        5.0,
                        1.0,
                        500,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Draw.RANDOM));
    }

    @Test
    void a_field_that_is_given_is_taken_over() {
        var body = with(with(with(BODY, "holdDuration", "PT24H"), "crowdFactor", 1.5), "draw", "FIFO");
        var terms = check(with(with(body, "opensAt", "2026-11-27T13:00:00+01:00"), "admissionFactor", 2.0))
                .terms();

        assertThat(terms.holdDuration()).isEqualTo(Duration.ofDays(1));
        assertThat(terms.opensAt()).isEqualTo(NOON);
        assertThat(terms.pacing().crowdFactor()).isEqualTo(1.5);
        assertThat(terms.pacing().admissionFactor()).isEqualTo(2.0);
        assertThat(terms.pacing().draw()).isEqualTo(Draw.FIFO);
    }

    @Test
    void a_sale_may_have_opened_minutes_ago() {
        assertThat(check(with(BODY, "opensAt", "2026-11-27T11:50:00Z")).terms().opensAt())
                .isBefore(NOON);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("productId", null, "is required"),
                Arguments.of("price", null, "is required"),
                Arguments.of("allotted", null, "is required"),
                Arguments.of("allotted", 0, "must be between 1 and 10,000,000"),
                Arguments.of("allotted", 10_000_001, "must be between 1 and 10,000,000"),
                Arguments.of("purchaseLimit", null, "is required"),
                Arguments.of("purchaseLimit", 0, "must be between 1 and 100"),
                Arguments.of("purchaseLimit", 101, "must be between 1 and 100"),
                Arguments.of("opensAt", null, "is required"),
                Arguments.of("opensAt", "tomorrow", "must be an RFC 3339 time such as 2026-11-27T12:00:00Z"),
                Arguments.of("opensAt", "2026-11-27", "must be an RFC 3339 time such as 2026-11-27T12:00:00Z"),
                Arguments.of("opensAt", "2026-11-27T11:44:59Z", "must not be more than PT15M ago"),
                Arguments.of("opensAt", "2028-01-01T00:00:00Z", "must be within a year"),
                Arguments.of("closesAt", null, "is required"),
                Arguments.of("closesAt", "2026-11-27T12:00:00Z", "must be after opensAt"),
                Arguments.of("closesAt", "2026-11-27T11:59:00Z", "must be in the future"),
                Arguments.of("closesAt", "2036-11-27T11:59:00Z", "must be within two years"),
                Arguments.of("holdDuration", "2 minutes", "must be an ISO 8601 duration such as PT2M"),
                Arguments.of("holdDuration", "PT0.9S", "must be between PT1S and PT24H"),
                Arguments.of("holdDuration", "PT24H0.001S", "must be between PT1S and PT24H"),
                Arguments.of("holdDuration", "-PT2M", "must be between PT1S and PT24H"),
                Arguments.of("turnDuration", "PT0S", "must be between PT1S and PT24H"),
                Arguments.of("admissionDuration", "P2D", "must be between PT1S and PT24H"),
                Arguments.of("offerDuration", "PT99999999999999999999S", "must be an ISO 8601 duration such as PT2M"),
                Arguments.of("crowdFactor", 0.99, "must be between 1 and 1,000"),
                Arguments.of("crowdFactor", 1000.1, "must be between 1 and 1,000"),
                Arguments.of("admissionFactor", 0, "must be greater than 0 and at most 2"),
                Arguments.of("admissionFactor", 2.01, "must be greater than 0 and at most 2"),
                Arguments.of("admissionsPerSecond", 0, "must be between 1 and 100,000"),
                Arguments.of("draw", "random", "must be RANDOM or FIFO"));
    }

    @ParameterizedTest(name = "{0} = {1} {2}")
    @MethodSource("refusals")
    void a_value_out_of_bounds_is_refused_by_name(String field, Object value, String message) {
        assertThat(refusalOf(with(BODY, field, value))).contains(new FieldProblem(field, message));
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        var body = with(with(with(BODY, "allotted", 0), "closesAt", null), "price", Map.of("amount", "-1"));

        assertThat(refusalOf(body))
                .extracting(FieldProblem::field)
                .containsExactly("price.currency", "price.amount", "allotted", "closesAt");
    }

    private CreateSale.Command check(Map<String, Object> body) {
        return json.convertValue(body, SaleRequest.class).check(NOON);
    }

    @SuppressWarnings("unchecked")
    private List<FieldProblem> refusalOf(Map<String, Object> body) {
        var problem = catchThrowableOfType(ProblemException.class, () -> check(body));
        assertThat(problem.type().name()).isEqualTo("invalid-request");
        return (List<FieldProblem>) problem.properties().get("errors");
    }
}
