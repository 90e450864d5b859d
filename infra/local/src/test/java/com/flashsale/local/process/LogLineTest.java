package com.flashsale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {

    @Test
    void of_an_event_a_person_reads_time_level_speaker_and_sentence() {
        var line = """
                {"@timestamp":"2026-11-22T08:24:40.546436276Z","log":{"level":"WARN","logger":"com.example.Till"},\
                "message":"no change left"}""";

        assertThat(LogLine.readable(line)).isEqualTo("08:24:40.546 WARN  Till: no change left");
    }

    @Test
    void of_a_fault_a_person_reads_the_innermost_cause() {
        var line = """
                {"@timestamp":"2026-11-22T08:24:40.546436276Z","log":{"level":"ERROR","logger":"a.b.App"},\
                "message":"failed","error":{"type":"X","message":"outer",\
                "stack_trace":"X: outer\\n\\tat a\\nCaused by: Y: middle\\nCaused by: Z: the disk is full\\n"}}""";

        assertThat(LogLine.readable(line)).endsWith("App: failed | Caused by: Z: the disk is full");
    }

    @Test
    void a_line_that_is_no_event_stays_as_it_is() {
        assertThat(LogLine.readable("plain words")).isEqualTo("plain words");
        assertThat(LogLine.readable("{not json")).isEqualTo("{not json");
        assertThat(LogLine.readable("{\"a\":1}")).isEqualTo("{\"a\":1}");
    }
}
