package com.flashsale.waitlist.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.waitlist.room.MonotonicClock;
import com.flashsale.waitlist.room.RoomState;
import com.flashsale.waitlist.sale.Draw;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.sale.Stock;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QueueStatusCacheTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private long nanos;

    private final QueueStatusCache statusCache =
            new QueueStatusCache(Clock.fixed(NOON.plus(Duration.ofMinutes(5)), ZoneOffset.UTC), new MonotonicClock() {
                @Override
                public long nanos() {
                    return nanos;
                }
            });

    @Test
    void a_replica_whose_clock_is_fast_opens_no_sale_and_shows_no_seed() {
        var sale = aSale(NOON.plusSeconds(60), false);
        statusCache.on(new RoomState.Ticked(sale, room(0)));

        assertThat(statusCache.hasOpened(sale)).isFalse();
        assertThat(statusCache.snapshot(sale).state()).isEqualTo(QueueSnapshot.State.SCHEDULED);
        assertThat(statusCache.snapshot(sale).serverTime()).isEqualTo(NOON);
    }

    @Test
    void a_sale_that_the_clock_of_redis_has_opened_is_open() {
        var sale = aSale(NOON, false);
        statusCache.on(new RoomState.Ticked(sale, room(0)));

        assertThat(statusCache.hasOpened(sale)).isTrue();
        assertThat(statusCache.snapshot(sale).state()).isEqualTo(QueueSnapshot.State.OPEN);
    }

    @Test
    void sold_out_outranks_paused() {
        var sale = aSale(NOON, true);
        statusCache.on(new RoomState.Ticked(sale, room(1)));

        assertThat(statusCache.snapshot(sale).state()).isEqualTo(QueueSnapshot.State.SOLD_OUT);
    }

    @Test
    void a_customer_with_more_in_front_than_units_waits_as_long_as_the_last_minute_says() {
        var sale = aSale(NOON, false);
        statusCache.on(new RoomState.Ticked(sale, crowded(600)));
        nanos += Duration.ofSeconds(30).toNanos();
        statusCache.on(new RoomState.Ticked(sale, crowded(603)));

        assertThat(statusCache.waitingTime(sale.id(), 605)).isEqualTo(new WaitingTime(0, 60L));
        assertThat(statusCache.waitingTime(sale.id(), 618)).isEqualTo(new WaitingTime(120, 300L));
    }

    /** Five units and a pace of 600 a minute, while they lasted. */
    private static RoomState crowded(long admitted) {
        return new RoomState(
                1,
                NOON,
                0,
                new RoomState.Numbers(1_000, 600, 600, 10_000),
                new RoomState.Units(5, 1, 5, 0),
                new RoomState.Customers(400, 0, 5),
                new RoomState.Pace(admitted, 600),
                RoomState.Doubtful.NONE);
    }

    @Test
    void ten_units_are_the_last_few_and_so_is_less_than_a_tenth() {
        assertThat(QueueSnapshot.Band.of(0, 1)).isEqualTo(QueueSnapshot.Band.SOLD_OUT);
        assertThat(QueueSnapshot.Band.of(1, 1)).isEqualTo(QueueSnapshot.Band.LAST_FEW);
        assertThat(QueueSnapshot.Band.of(10, 12)).isEqualTo(QueueSnapshot.Band.LAST_FEW);
        assertThat(QueueSnapshot.Band.of(99, 1_000)).isEqualTo(QueueSnapshot.Band.LAST_FEW);
        assertThat(QueueSnapshot.Band.of(100, 1_000)).isEqualTo(QueueSnapshot.Band.LOW);
        assertThat(QueueSnapshot.Band.of(499, 1_000)).isEqualTo(QueueSnapshot.Band.LOW);
        assertThat(QueueSnapshot.Band.of(500, 1_000)).isEqualTo(QueueSnapshot.Band.PLENTY);
    }

    private static RoomState room(long phase) {
        return new RoomState(
                1,
                NOON,
                phase,
                new RoomState.Numbers(0, 0, 0, 10_000),
                new RoomState.Units(5, 1, 0, 0),
                new RoomState.Customers(0, 0, 0),
                new RoomState.Pace(0, 0),
                RoomState.Doubtful.NONE);
    }

    private static KnownSale aSale(Instant opensAt, boolean paused) {
        var sale = new Sale(
                new SaleId(UUID.randomUUID()),
                1,
                5,
                1,
                opensAt,
                NOON.plus(Duration.ofHours(1)),
                BigDecimal.ONE,
                BigDecimal.ONE,
                1,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Draw.FIFO,
                paused,
                0,
                null,
                null,
                null);
        return new KnownSale(sale, new Stock(sale.id(), 5, 5, 0, 0, 1));
    }
}
