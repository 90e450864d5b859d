package com.flashsale.client.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.platform.PrometheusText.Sample;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    private static final String TEXT = """
            # HELP answers_total Number of answers
            # TYPE answers_total counter
            answers_total{application="order-service",uri="/orders/{id}"} 12
            answers_total{base_uri="/x",uri="/orders"} 3.0E1
            threads 7.5
            longest{le="+Inf"} +Inf
            unknown NaN
            cut
            """;

    @Test
    void a_sample_has_a_name_labels_and_a_value() {
        assertThat(PrometheusText.samples(TEXT, "answers_total"::equals))
                .containsExactly(
                        new Sample("answers_total", "application=\"order-service\",uri=\"/orders/{id}\"", 12),
                        new Sample("answers_total", "base_uri=\"/x\",uri=\"/orders\"", 30));
        assertThat(PrometheusText.samples(TEXT, "threads"::equals)).containsExactly(new Sample("threads", "", 7.5));
    }

    @Test
    void a_label_has_a_whole_name() {
        assertThat(PrometheusText.samples(TEXT, "answers_total"::equals).map(sample -> sample.label("uri")))
                .containsExactly("/orders/{id}", "/orders");
        assertThat(PrometheusText.samples(TEXT, "answers_total"::equals).map(sample -> sample.label("application")))
                .containsExactly("order-service", "");
        assertThat(new Sample("threads", "", 1).label("uri")).isEmpty();
    }

    @Test
    void a_value_may_be_infinite_or_no_number() {
        assertThat(PrometheusText.samples(TEXT, "longest"::equals).map(Sample::value))
                .containsExactly(Double.POSITIVE_INFINITY);
        assertThat(PrometheusText.samples(TEXT, "unknown"::equals).map(Sample::value))
                .containsExactly(Double.NaN);
    }

    @Test
    void comments_and_broken_lines_are_no_samples() {
        assertThat(PrometheusText.samples(TEXT, _ -> true)).hasSize(5);
    }
}
