package com.flashsale.engines;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThrowawayEnginesIT {

    @Test
    void three_engines_start_on_free_ports_and_leave_nothing_behind() {
        var engines = new ThrowawayEngines();
        assertThat(engines.postgres().isReady()).isTrue();
        assertThat(engines.redis().isReady()).isTrue();
        assertThat(engines.kafka().isReady()).isTrue();
        var home = engines.postgres().log().getParent();

        engines.close();

        assertThat(engines.postgres().pid()).isEqualTo(-1);
        assertThat(engines.kafka().pid()).isEqualTo(-1);
        assertThat(home).doesNotExist();
    }
}
