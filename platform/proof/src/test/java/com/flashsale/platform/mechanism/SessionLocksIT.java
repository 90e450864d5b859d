package com.flashsale.platform.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.platform.sql.SessionLocks;
import com.flashsale.platform.test.ServiceTest;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ServiceTest
class SessionLocksIT {

    private static final Runnable NOTHING = () -> {};

    private final UUID lock = UUID.randomUUID();

    @Autowired
    DataSource dataSource;

    SessionLocks locks;

    @BeforeEach
    void locks() {
        locks = new SessionLocks(dataSource);
    }

    @Test
    void a_lock_lets_one_session_in_at_a_time() {
        var entered = locks.runExclusively(lock, () -> {
            assertThat(locks.runExclusively(lock, NOTHING)).isFalse();
            assertThat(locks.runExclusively(UUID.randomUUID(), NOTHING)).isTrue();
        });

        assertThat(entered).isTrue();
        assertThat(locks.runExclusively(lock, NOTHING)).isTrue();
    }

    @Test
    void a_task_that_fails_leaves_no_lock_behind() {
        Runnable failing = () -> {
            throw new IllegalStateException("failed");
        };

        assertThatThrownBy(() -> locks.runExclusively(lock, failing)).isInstanceOf(IllegalStateException.class);

        assertThat(locks.runExclusively(lock, NOTHING)).isTrue();
    }
}
