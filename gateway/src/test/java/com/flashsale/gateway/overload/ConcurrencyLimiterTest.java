package com.flashsale.gateway.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.gateway.route.RequestPriority;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ConcurrencyLimiterTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Duration TARGET = Duration.ofMillis(30);
    private static final Duration SLOW = TARGET.multipliedBy(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String CUSTOMER = "customer";

    private int clients;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(settings(20, 20), new SimpleMeterRegistry());
    private final List<Disposable> underWay = new ArrayList<>();

    @Test
    void under_load_browsing_is_refused_first_and_paying_last() {
        assertThat(fill(RequestPriority.BROWSE)).isEqualTo(12);
        assertThat(fill(RequestPriority.JOIN)).isEqualTo(3);
        assertThat(fill(RequestPriority.ORDER)).isEqualTo(3);
        assertThat(fill(RequestPriority.PAY)).isEqualTo(2);
        assertThat(fill(RequestPriority.NOTHING)).as("answered from memory").isEqualTo(100);
    }

    @Test
    void a_refused_request_may_come_again_soon() {
        fill(RequestPriority.PAY);

        StepVerifier.create(limiter.run(RequestPriority.ORDER, CUSTOMER, LONG, _ -> Mono.empty()))
                .expectErrorSatisfies(error -> assertThat((ProblemException) error)
                        .returns("OVERLOADED", problem -> problem.type().code())
                        .returns(Duration.ofSeconds(1), ProblemException::retryAfter))
                .verify();
    }

    @Test
    void room_comes_back_with_each_end_also_after_a_failure() {
        fill(RequestPriority.PAY);
        underWay.forEach(Disposable::dispose);

        for (var i = 0; i < 50; i++) {
            StepVerifier.create(limiter.run(RequestPriority.BROWSE, CUSTOMER, LONG, _ -> Mono.empty()))
                    .verifyComplete();
            StepVerifier.create(limiter.run(
                            RequestPriority.BROWSE,
                            CUSTOMER,
                            LONG,
                            _ -> Mono.error(new IllegalStateException("broken"))))
                    .verifyError(IllegalStateException.class);
            StepVerifier.create(limiter.run(RequestPriority.BROWSE, CUSTOMER, LONG, _ -> {
                        throw new IllegalStateException("broken at once");
                    }))
                    .verifyError(IllegalStateException.class);
        }
        assertThat(fill(RequestPriority.BROWSE)).isEqualTo(12);
    }

    @Test
    void a_first_look_refuses_what_would_be_refused_and_takes_no_room() {
        assertThat(fill(RequestPriority.BROWSE)).isEqualTo(12);

        StepVerifier.create(limiter.refuseIfFull(RequestPriority.BROWSE)).verifyError(ProblemException.class);
        for (var i = 0; i < 50; i++)
            StepVerifier.create(limiter.refuseIfFull(RequestPriority.PAY)).verifyComplete();
        assertThat(fill(RequestPriority.PAY)).isEqualTo(8);
        StepVerifier.create(limiter.refuseIfFull(RequestPriority.PAY)).verifyError(ProblemException.class);
        StepVerifier.create(limiter.refuseIfFull(RequestPriority.NOTHING)).verifyComplete();
        StepVerifier.create(limiter.refuseIfFull(RequestPriority.STREAM)).verifyComplete();
    }

    @Test
    void requests_on_the_way_take_room_from_later_ones() {
        for (var i = 0; i < 18; i++) limiter.arrived(RequestPriority.ORDER);
        for (var i = 0; i < 100; i++) limiter.arrived(RequestPriority.NOTHING);

        assertThat(limiter.isCrowded()).isTrue();
        assertThat(limiter.isFull(RequestPriority.ORDER)).isTrue();
        assertThat(limiter.isFull(RequestPriority.PAY)).isFalse();
        assertThat(fill(RequestPriority.ORDER)).as("of those who came").isEqualTo(18);

        underWay.forEach(Disposable::dispose);
        assertThat(limiter.isFull(RequestPriority.ORDER)).isTrue();
        for (var i = 0; i < 18; i++) limiter.answered(RequestPriority.ORDER);
        for (var i = 0; i < 100; i++) limiter.answered(RequestPriority.NOTHING);
        assertThat(limiter.isCrowded()).isFalse();
    }

    @Test
    void nothing_is_under_way_for_ever() {
        StepVerifier.create(limiter.run(RequestPriority.ORDER, CUSTOMER, TARGET, _ -> Mono.never()))
                .verifyError(TimeoutException.class);
    }

    @Test
    void streams_have_a_bound_of_their_own_and_no_deadline() {
        fill(RequestPriority.PAY);

        assertThat(fill(RequestPriority.STREAM)).isEqualTo(3);
    }

    @Test
    void slow_answers_let_fewer_in_however_long_they_have_been_slow_and_quick_ones_more() {
        var adapting = new ConcurrencyLimiter(settings(10, 40), meters);
        var room = meters.get("gateway.in.flight.limit").gauge();

        await().atMost(PATIENCE).untilAsserted(() -> {
            answer(adapting, SLOW, 100);
            assertThat(room.value()).isEqualTo(10);
        });
        for (int i = 0; i < 20; i++) answer(adapting, SLOW, 100);
        assertThat(room.value()).isEqualTo(10);
        await().atMost(PATIENCE).untilAsserted(() -> {
            answer(adapting, Duration.ofMillis(1), 1);
            assertThat(room.value()).as("though little is under way").isGreaterThan(12);
        });
    }

    @Test
    void a_request_that_timed_out_does_not_freeze_the_limit() {
        var adapting = new ConcurrencyLimiter(settings(10, 40), meters);
        var room = meters.get("gateway.in.flight.limit").gauge();

        StepVerifier.create(
                        adapting.run(RequestPriority.ORDER, CUSTOMER, LONG, _ -> Mono.error(new TimeoutException())))
                .verifyError(TimeoutException.class);

        await().atMost(PATIENCE).untilAsserted(() -> {
            answer(adapting, SLOW, 100);
            assertThat(room.value()).isEqualTo(10);
        });
    }

    @Test
    void a_client_that_does_not_read_is_no_slow_answer() {
        var adapting = new ConcurrencyLimiter(settings(10, 40), meters);
        var room = meters.get("gateway.in.flight.limit").gauge();

        for (var i = 0; i < 40; i++) {
            StepVerifier.create(adapting.run(RequestPriority.ORDER, CUSTOMER, TARGET, headReady -> {
                        headReady.run();
                        return Mono.never();
                    }))
                    .verifyError(TimeoutException.class);
        }

        assertThat(room.value()).isEqualTo(40);
    }

    @Test
    void one_client_leaves_room_for_others() {
        for (var i = 0; i < 100; i++) {
            underWay.add(limiter.run(RequestPriority.BROWSE, CUSTOMER, LONG, _ -> Mono.never())
                    .subscribe(_ -> {}, _ -> {}));
        }

        assertThat(fill(RequestPriority.BROWSE)).isEqualTo(4);
    }

    @Test
    void one_customer_does_not_take_every_stream() {
        for (var i = 0; i < 100; i++) {
            underWay.add(limiter.run(RequestPriority.STREAM, CUSTOMER, LONG, _ -> Mono.never())
                    .subscribe(_ -> {}, _ -> {}));
        }

        assertThat(fill(RequestPriority.STREAM)).isEqualTo(1);
    }

    private String someone() {
        return "client-" + clients++;
    }

    private void answer(ConcurrencyLimiter limiter, Duration time, int atOnce) {
        Flux.range(0, 100)
                .flatMap(
                        _ -> limiter.run(
                                        RequestPriority.ORDER,
                                        someone(),
                                        LONG,
                                        _ -> Mono.delay(time).then())
                                .onErrorComplete(),
                        atOnce)
                .blockLast(PATIENCE);
    }

    private static OverloadSettings settings(int min, int max) {
        return new OverloadSettings(
                DataSize.ofKilobytes(16), LONG, min, max, TARGET, Duration.ofMillis(100), 3, 3, 2, LONG);
    }

    /** How many of 100 were let in. */
    private int fill(RequestPriority priority) {
        var letIn = 0;
        for (var i = 0; i < 100; i++) {
            var refused = new AtomicBoolean();
            underWay.add(limiter.run(priority, someone(), LONG, _ -> Mono.never())
                    .subscribe(_ -> {}, _ -> refused.set(true)));
            if (!refused.get()) letIn++;
        }
        return letIn;
    }
}
