package com.flashsale.customers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LaneTest {

    @Test
    void widens_again_while_all_goes_well_and_never_beyond_its_width() {
        var lane = new Lane(64);
        lane.wasTooMuch();
        int narrowed = lane.limit();

        for (int i = 0; i < 16; i++) {
            lane.wentWell();
        }
        int widened = lane.limit();
        for (int i = 0; i < 10_000; i++) {
            lane.wentWell();
        }

        assertThat(narrowed).isEqualTo(48);
        assertThat(widened).isEqualTo(50);
        assertThat(lane.limit()).isEqualTo(64);
    }

    @Test
    void a_burst_of_refusals_narrows_it_once() {
        var lane = new Lane(64);

        for (int i = 0; i < 50; i++) {
            lane.wasTooMuch();
        }

        assertThat(lane.limit()).isEqualTo(48);
    }

    @Test
    void a_narrow_lane_is_never_closed() {
        var lane = new Lane(8);

        lane.wasTooMuch();

        assertThat(lane.limit()).isEqualTo(8);
    }

    @Test
    void a_narrowed_lane_lets_fewer_in() throws InterruptedException {
        var lane = new Lane(64);
        lane.wasTooMuch();
        int in = 0;
        while (lane.tryAcquire()) {
            in++;
        }

        assertThat(in).isEqualTo(48);
        lane.release();
        lane.acquire();
    }
}
