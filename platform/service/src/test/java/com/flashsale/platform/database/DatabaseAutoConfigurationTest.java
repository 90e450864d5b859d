package com.flashsale.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.UncategorizedSQLException;

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
    void a_state_of_the_database_is_lost_infrastructure_and_a_value_is_not() {
        for (var state :
                List.of("25006", "3D000", "55000", "55006", "XX000", "XX001", "57P03", "08006", "53100", "58030")) {
            var failure = translated(state);
            assertThat(failure)
                    .as(state)
                    .isInstanceOfAny(DataAccessResourceFailureException.class, TransientDataAccessException.class);
            assertThat(DatabaseFailures.isInfrastructure(failure)).as(state).isTrue();
            assertThat(DatabaseFailures.isUnavailable(failure)).as(state).isTrue();
        }
        for (var state : List.of("22021", "22003", "23505", "23514", "P0001", "25P02", "21000")) {
            var failure = new UncategorizedSQLException("a test", null, new SQLException("so it is", state));
            assertThat(DatabaseFailures.isInfrastructure(failure)).as(state).isFalse();
        }
        var missing = new BadSqlGrammarException("a test", "select 1", new SQLException("no such table", "42P01"));
        assertThat(DatabaseFailures.isInfrastructure(missing)).isTrue();
        assertThat(DatabaseFailures.isUnavailable(missing)).isFalse();
        assertThat(DatabaseFailures.isInfrastructure(new IllegalStateException("a bug")))
                .isFalse();
    }

    @Test
    void a_connection_to_a_read_only_server_leaves_the_pool() {
        var pool = new UnusableConnections();
        assertThat(pool.adjudicate(new SQLException("read-only", "25006"))).isEqualTo(Override.MUST_EVICT);
        assertThat(pool.adjudicate(new SQLException("duplicate", "23505"))).isEqualTo(Override.CONTINUE_EVICT);
        assertThat(pool.adjudicate(new SQLException("no state"))).isEqualTo(Override.CONTINUE_EVICT);
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
