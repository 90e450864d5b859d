package com.flashsale.waitlist.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * One line of a million customers, as the service's own code makes it: bytes of a ticket in Redis, joins a second, and
 * the way back after Redis has lost all keys. {@code -Dline.tickets=100000} makes a shorter one. By
 * {@code FLASHSALE_ENGINES=embedded ./flashsale test -pl waitlist-service -am -Dtest=LongLineBench
 * -Dsurefire.failIfNoSpecifiedTests=false}; its only judgement is that each customer has the same place after the loss.
 */
@ServiceTest
class LongLineBench {

    private static final int TICKETS = Integer.getInteger("line.tickets", 1_000_000);
    private static final int CALLERS = 512;
    private static final Duration MOST = Duration.ofMinutes(30);
    private static final String MEMORY = "2gb";

    private final int port;
    private final JoinQueue queue;
    private final StringRedisTemplate redis;
    private final int[] numbers = new int[TICKETS];

    LongLineBench(@LocalServerPort int port, @Autowired JoinQueue queue, @Autowired StringRedisTemplate redis) {
        this.port = port;
        this.queue = queue;
        this.redis = redis;
    }

    @Test
    void a_million_tickets() throws InterruptedException {
        // a turn a second: the line is as long as the crowd
        var told = ASale.of(TICKETS)
                .with("crowdFactor", 2.0)
                .with("admissionsPerSecond", 1)
                .scheduled()
                .knownTo(port);
        var sale = new SaleId(told.id());
        onRedis(commands -> commands.setConfig("maxmemory", MEMORY));
        long before = usedMemory();

        double seconds = forAll(each -> numbers[each] = numberOf(join(sale, each, null)));
        long bytes = (usedMemory() - before) / TICKETS;
        System.out.printf(
                "line  %,d tickets, %d bytes each in Redis, %,.0f joins/s%n", TICKETS, bytes, TICKETS / seconds);

        long lost = System.nanoTime();
        onRedis(RedisServerCommands::flushAll);
        await().atMost(MOST).pollDelay(Duration.ZERO).ignoreExceptions().until(() -> isBack(sale));
        System.out.printf("line  the room is back %,.0f ms after the loss%n", (System.nanoTime() - lost) / 1e6);

        var moved = new AtomicInteger();
        double back = forAll(each -> {
            var shown = QueueTicket.numbered(sale, customer(each), numbers[each]);
            if (numberOf(join(sale, each, shown)) != numbers[each]) moved.incrementAndGet();
        });
        System.out.printf(
                "line  all %,d came back with their tickets within %.0f s, %,.0f/s; %d had another place%n",
                TICKETS, back, TICKETS / back, moved.get());
        assertThat(moved).hasValue(0);
    }

    /** The first customer, whose ticket the room has forgotten, is told their number. */
    private boolean isBack(SaleId sale) {
        return numberOf(join(sale, 0, QueueTicket.numbered(sale, customer(0), numbers[0]))) == numbers[0];
    }

    private static CustomerId customer(int number) {
        return new CustomerId(new UUID(0x4000L | (long) number << 16, Long.MIN_VALUE | number));
    }

    private JoinQueue.Outcome join(SaleId sale, int customer, QueueTicket shown) {
        return queue.join(new JoinQueue.Command(sale, customer(customer), shown));
    }

    private static int numberOf(JoinQueue.Outcome outcome) {
        var ticket = switch (outcome) {
            case JoinQueue.Outcome.Waiting(var waiting) -> waiting;
            case JoinQueue.Outcome.Admitted(var admitted, var _, var _) -> admitted;
            default -> throw new IllegalStateException(outcome.toString());
        };
        if (ticket.number() == null) throw new IllegalStateException(outcome.toString());
        return Math.toIntExact(ticket.number());
    }

    /** Returns the seconds that it took. */
    private static double forAll(IntConsumer action) throws InterruptedException {
        long begun = System.nanoTime();
        var next = new AtomicInteger();
        var failed = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < CALLERS; caller++) {
                threads.execute(() -> {
                    try {
                        for (int each = next.getAndIncrement(); each < TICKETS; each = next.getAndIncrement()) {
                            action.accept(each);
                        }
                    } catch (RuntimeException wrong) {
                        wrong.printStackTrace(System.out);
                        failed.incrementAndGet();
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(MOST.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(failed).hasValue(0);
        return (System.nanoTime() - begun) / 1e9;
    }

    private interface OnServer {
        void accept(RedisServerCommands commands);
    }

    private void onRedis(OnServer action) {
        redis.execute((RedisCallback<Object>) connection -> {
            action.accept(connection.serverCommands());
            return null;
        });
    }

    private long usedMemory() {
        var used = new long[1];
        onRedis(commands -> used[0] = Long.parseLong(commands.info("memory").getProperty("used_memory")));
        return used[0];
    }
}
