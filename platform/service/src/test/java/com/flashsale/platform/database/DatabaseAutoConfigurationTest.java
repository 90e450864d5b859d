package com.flashsale.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;

class DatabaseAutoConfigurationTest {

    @Test
    void a_lock_that_was_not_given_in_time_may_be_given_next_time() {
        assertThat(translated("55P03")).isInstanceOf(TransientDataAccessException.class);
    }

    @Test
    void a_connection_that_was_closed_because_its_process_stood_still_is_lost_infrastructure() {
        assertThat(translated("25P03")).isInstanceOf(DataAccessResourceFailureException.class);
    }

    @Test
    void everything_else_is_what_spring_takes_it_for() {
        assertThat(translated("23505")).isInstanceOf(DuplicateKeyException.class);
        assertThat(translated("57014")).isInstanceOf(TransientDataAccessException.class);
        assertThat(translated("P0001")).isNull();
    }

    private static @Nullable Exception translated(String state) {
        return DatabaseAutoConfiguration.sqlExceptionTranslator()
                .translate("a test", "select 1", new SQLException("so it is", state));
    }
}
