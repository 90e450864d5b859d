package com.flashsale.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void a_valid_header_is_continued() {
        var context = TraceContext.from("00-" + TRACE + "-00f067aa0ba902b7-01");
        assertThat(context.traceId()).isEqualTo(TRACE);
        assertThat(TraceContext.from(context.traceparent())).isEqualTo(context);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-" + TRACE,
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "01-" + TRACE + "-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-" + TRACE + "-00f067aa0ba902b7-01\r\nforged: line"
            })
    void anything_else_begins_a_new_trace(String header) {
        assertThat(TraceContext.from(header).traceId()).hasSize(32).isNotEqualTo(TRACE);
    }

    @Test
    void the_ids_are_on_the_thread_only_while_the_scope_is_open() {
        var context = TraceContext.begin();
        try (var _ = context.open()) {
            assertThat(TraceContext.currentTraceId()).isEqualTo(context.traceId());
            assertThat(TraceContext.currentTraceparent()).isEqualTo(context.traceparent());
        }
        assertThat(TraceContext.currentTraceparent()).isNull();
    }

    @Test
    void new_traces_differ() {
        assertThat(TraceContext.begin().traceId())
                .isNotEqualTo(TraceContext.begin().traceId());
    }
}
