package com.flashsale.waitlist.sale;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SaleArrivalsTest {

    private static final int MANY = 500;

    private final SaleArrivals arrivals = new SaleArrivals();

    @Test
    void a_crowd_that_comes_before_the_event_finds_the_sale_and_shares_the_look_ups() throws Exception {
        var sale = aSale();
        var lookUps = new AtomicInteger();
        Supplier<Optional<KnownSale>> anywhere =
                () -> lookUps.incrementAndGet() < 4 ? Optional.empty() : Optional.of(sale);

        var found = allAtOnce(MANY, () -> arrivals.await(sale.id(), Optional::empty, anywhere));

        assertThat(found).hasSize(MANY).allSatisfy(each -> assertThat(each).contains(sale));
        // a request that comes after the end of the shared look-up asks once more
        assertThat(lookUps).hasValueLessThan(MANY / 2);
    }

    @Test
    void more_made_up_sales_than_the_limit_are_answered_at_once() throws Exception {
        var begun = new CountDownLatch(64);
        var end = new CountDownLatch(1);
        var busy = Stream.generate(SaleArrivalsTest::aSale)
                .limit(64)
                .map(sale -> Thread.ofVirtual()
                        .start(() -> arrivals.await(sale.id(), Optional::empty, () -> {
                            begun.countDown();
                            await(end);
                            return Optional.of(sale);
                        })))
                .toList();
        begun.await();
        var asked = new AtomicInteger();

        var found = arrivals.await(aSale().id(), Optional::empty, () -> {
            asked.incrementAndGet();
            return Optional.empty();
        });

        assertThat(found).isEmpty();
        assertThat(asked).as("look-ups beyond the limit").hasValue(0);
        end.countDown();
        for (var thread : busy) assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void after_a_failed_look_up_the_next_request_looks_again() {
        var sale = aSale();

        assertThat(catchThrowable(() -> arrivals.await(sale.id(), Optional::empty, () -> {
                    throw new IllegalStateException("the database is away");
                })))
                .isInstanceOf(IllegalStateException.class);

        assertThat(arrivals.await(sale.id(), Optional::empty, () -> Optional.of(sale)))
                .contains(sale);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KnownSale aSale() {
        var noon = Instant.parse("2026-11-27T12:00:00Z");
        var sale = new Sale(
                new SaleId(UUID.randomUUID()),
                1,
                5,
                1,
                noon,
                noon.plusSeconds(3_600),
                BigDecimal.TEN,
                BigDecimal.ONE,
                100,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Draw.values()[0],
                false,
                0,
                null,
                null,
                null);
        return new KnownSale(sale, Stock.untouched(sale));
    }
}
