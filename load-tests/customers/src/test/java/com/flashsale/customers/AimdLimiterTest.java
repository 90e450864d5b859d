package com.flashsale.customers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AimdLimiterTest {

    @Test
    void widens_again_while_all_goes_well_and_never_beyond_its_width() {
        var limiter = new AimdLimiter(64);
        limiter.wasTooMuch();
        int narrowed = limiter.limit();

        for (int i = 0; i < 16; i++) {
            limiter.wentWell();
        }
        int widened = limiter.limit();
        for (int i = 0; i < 10_000; i++) {
            limiter.wentWell();
        }

        assertThat(narrowed).isEqualTo(48);
        assertThat(widened).isEqualTo(50);
        assertThat(limiter.limit()).isEqualTo(64);
    }

    @Test
    void a_burst_of_refusals_narrows_it_once() {
        var limiter = new AimdLimiter(64);

        for (int i = 0; i < 50; i++) {
            limiter.wasTooMuch();
        }

        assertThat(limiter.limit()).isEqualTo(48);
    }

    @Test
    void a_narrow_lane_is_never_closed() {
        var limiter = new AimdLimiter(8);

        limiter.wasTooMuch();

        assertThat(limiter.limit()).isEqualTo(8);
    }

    @Test
    void a_narrowed_lane_lets_fewer_in() throws InterruptedException {
        var limiter = new AimdLimiter(64);
        limiter.wasTooMuch();
        int in = 0;
        while (limiter.tryAcquire()) {
            in++;
        }

        assertThat(in).isEqualTo(48);
        limiter.release();
        limiter.acquire();
    }
}
