package com.flashsale.catalog.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.flashsale.platform.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

    @Test
    void a_cursor_leads_back_to_the_last_item_of_the_page() {
        var ids = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        var page = Page.of(ids, 2, PageRequest::cursor);

        assertThat(page.items()).containsExactly(ids.get(0), ids.get(1));
        assertThat(PageRequest.of(page.nextCursor(), 2).before()).isEqualTo(ids.get(1));
    }

    @Test
    void the_last_page_has_no_cursor() {
        var page = Page.of(List.of(UUID.randomUUID(), UUID.randomUUID()), 2, PageRequest::cursor);
        assertThat(page.nextCursor()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!!", "AAAAAAAAAAAAAAAAAAAAAA==x", "AAAA", "' or 1=1 --"})
    void a_cursor_that_no_list_gave_out_is_refused(String cursor) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> PageRequest.of(cursor, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101, Integer.MAX_VALUE})
    void a_page_has_1_to_100_items(int limit) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> PageRequest.of(null, limit));
    }
}
