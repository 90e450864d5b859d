package com.flashsale.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stories that the events of one waitlist entry may tell, and those that they may not. */
class EventHistoryTest {

    private static final UUID ENTRY = UUID.randomUUID();

    private final EventHistory entries = Topics.historyOfEntries();
    private final Map<String, UUID> named = new LinkedHashMap<>();

    /** An event is a fact, or {@code fact#name} for one that may come again with the same id. */
    private void take(String story) {
        for (var event : story.split(" ")) {
            var id = event.contains("#") ? named.computeIfAbsent(event, _ -> UUID.randomUUID()) : UUID.randomUUID();
            entries.take(ENTRY, event.replaceAll("#.*", ""), id, false);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "waiting offered ordered",
                "waiting offered lapsed ordered",
                // a late payment took the unit back before the order came: the customer waits at the head again
                "waiting offered ordered waiting offered ordered",
                "waiting offered ordered waiting offered ordered waiting closed",
                // inventory-service's refusal came before the news of the order
                "waiting offered waiting offered ordered",
                "waiting offered lapsed waiting offered ordered",
                "waiting offered left waiting left",
                "waiting offered closed waiting closed",
                // the order was refused for another reason
                "waiting offered ordered lapsed",
                // the relay sent its last batch again
                "waiting#1 offered#1 waiting#1 offered#1 ordered",
                "waiting#1 offered#1 ordered#1 waiting#2 waiting#1 offered#1 ordered#1 waiting#2 offered#2",
            })
    void a_legal_story_is_neither_told_twice_nor_out_of_order(String story) {
        take(story);

        assertThat(entries.twice()).isEmpty();
        assertThat(entries.disorder()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "waiting waiting",
                "waiting offered offered",
                "waiting offered ordered ordered",
                "waiting offered ordered waiting waiting",
                "waiting offered ordered waiting offered offered",
                "waiting left left",
                "waiting#1 offered ordered#1 waiting#2 ordered#2",
            })
    void the_same_fact_of_two_events_is_told_twice(String story) {
        take(story);

        assertThat(entries.twice()).containsOnlyKeys(ENTRY.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"offered", "waiting ordered", "waiting lapsed", "waiting left offered"})
    void a_fact_that_may_not_follow_is_disorder(String story) {
        take(story);

        assertThat(entries.disorder()).containsOnlyKeys(ENTRY.toString());
    }

    @Test
    void an_event_that_comes_a_hundred_times_counts_once() {
        var order = new EventHistory(Map.of("placed", List.of(""), "paid", List.of("placed")));
        for (int time = 0; time < 100; time++) order.take(ENTRY, "placed", ENTRY, false);

        assertThat(order.events()).isEqualTo(100);
        assertThat(order.twice()).isEmpty();
    }
}
