package com.flashsale.gateway.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.gateway.route.Cost;
import com.flashsale.platform.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class InFlightTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final InFlight inFlight =
            new InFlight(new LoadSettings(DataSize.ofKilobytes(16), LONG, 20, 20, 20, 3), new SimpleMeterRegistry());
    private final List<Disposable> underWay = new ArrayList<>();

    @Test
    void under_load_browsing_is_refused_first_and_paying_last() {
        assertThat(fill(Cost.BROWSE)).isEqualTo(12);
        assertThat(fill(Cost.JOIN)).isEqualTo(3);
        assertThat(fill(Cost.ORDER)).isEqualTo(3);
        assertThat(fill(Cost.PAY)).isEqualTo(2);
        assertThat(fill(Cost.NOTHING)).as("answered from memory").isEqualTo(100);
    }

    @Test
    void what_is_refused_may_come_again_soon() {
        fill(Cost.PAY);

        StepVerifier.create(inFlight.run(Cost.ORDER, LONG, Mono::empty))
                .expectErrorSatisfies(error -> assertThat((ProblemException) error)
                        .returns("OVERLOADED", problem -> problem.type().code())
                        .returns(Duration.ofSeconds(1), ProblemException::retryAfter))
                .verify();
    }

    @Test
    void room_comes_back_with_each_end_whatever_the_end() {
        fill(Cost.PAY);
        underWay.forEach(Disposable::dispose);

        for (var i = 0; i < 50; i++) {
            StepVerifier.create(inFlight.run(Cost.BROWSE, LONG, Mono::empty)).verifyComplete();
            StepVerifier.create(inFlight.run(Cost.BROWSE, LONG, () -> Mono.error(new IllegalStateException("broken"))))
                    .verifyError(IllegalStateException.class);
            StepVerifier.create(inFlight.run(Cost.BROWSE, LONG, () -> {
                        throw new IllegalStateException("broken at once");
                    }))
                    .verifyError(IllegalStateException.class);
        }
        assertThat(fill(Cost.BROWSE)).isEqualTo(12);
    }

    @Test
    void a_first_look_refuses_what_would_be_refused_and_takes_no_room() {
        assertThat(fill(Cost.BROWSE)).isEqualTo(12);

        StepVerifier.create(inFlight.refuseIfFull(Cost.BROWSE)).verifyError(ProblemException.class);
        for (var i = 0; i < 50; i++)
            StepVerifier.create(inFlight.refuseIfFull(Cost.PAY)).verifyComplete();
        assertThat(fill(Cost.PAY)).isEqualTo(8);
        StepVerifier.create(inFlight.refuseIfFull(Cost.PAY)).verifyError(ProblemException.class);
        StepVerifier.create(inFlight.refuseIfFull(Cost.NOTHING)).verifyComplete();
        StepVerifier.create(inFlight.refuseIfFull(Cost.STREAM)).verifyComplete();
    }

    @Test
    void nothing_is_under_way_for_ever() {
        StepVerifier.withVirtualTime(() -> inFlight.run(Cost.ORDER, LONG, Mono::never))
                .thenAwait(LONG)
                .verifyError(TimeoutException.class);
    }

    @Test
    void streams_have_a_bound_of_their_own_and_no_deadline() {
        fill(Cost.PAY);

        assertThat(fill(Cost.STREAM)).isEqualTo(3);
    }

    /** How many of 100 were let in. */
    private int fill(Cost cost) {
        var letIn = 0;
        for (var i = 0; i < 100; i++) {
            var refused = new AtomicBoolean();
            underWay.add(inFlight.run(cost, LONG, Mono::never).subscribe(_ -> {}, _ -> refused.set(true)));
            if (!refused.get()) letIn++;
        }
        return letIn;
    }
}
