package com.flashsale.engines;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

    @Test
    void this_process_is_itself_and_no_other_process() {
        var self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
        assertThat(self.isAlive()).isTrue();
        assertThat(new ProcessIdentity(self.pid(), "1").isAlive()).isFalse();
    }

    @Test
    void a_process_that_does_not_exist_has_no_identity() {
        assertThat(ProcessIdentity.of(Integer.MAX_VALUE)).isEmpty();
    }
}
