package com.flashsale.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class WorkContextTest {

    static final WorkContext FIRST =
            new WorkContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "evening-1");
    static final WorkContext SECOND = new WorkContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", null);

    @Test
    void a_thread_works_for_the_origin_that_it_opens() {
        try (var _ = FIRST.open()) {
            assertThat(WorkContext.current()).isEqualTo(FIRST);
            assertThat(MDC.get("traceId")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        }
        assertThat(WorkContext.current()).isEqualTo(WorkContext.NONE);
        assertThat(MDC.get("traceId")).isNull();
    }

    @Test
    void an_inner_piece_of_work_takes_nothing_from_the_outer_one_and_gives_it_back() {
        try (var _ = FIRST.open()) {
            try (var _ = SECOND.open()) {
                assertThat(WorkContext.current()).as("not sampled, not tagged").isEqualTo(SECOND);
            }
            try (var _ = WorkContext.NONE.open()) {
                assertThat(WorkContext.current()).isEqualTo(WorkContext.NONE);
                assertThat(MDC.get("traceId")).isNull();
            }
            assertThat(WorkContext.current()).isEqualTo(FIRST);
            assertThat(MDC.get("traceId")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "two words", "a\nb", "ä", "a'b"})
    void a_tag_that_is_none_is_dropped(String tag) {
        try (var _ = new WorkContext(null, tag).open()) {
            assertThat(LoadTest.current()).isNull();
        }
    }

    @Test
    void a_tag_has_at_most_64_characters() {
        assertThat(LoadTest.valid("x".repeat(64))).isPresent();
        assertThat(LoadTest.valid("x".repeat(65))).isEmpty();
        assertThat(LoadTest.valid(null)).isEmpty();
    }
}
