package com.flashsale.waitlist.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures one poll of a position against a count of the entries in front. By hand: {@code mvn test -Dtest=PollCostIT
 * -DexcludedGroups=none}.
 */
@ServiceTest
@Tag("benchmark")
class PollCostIT {

    private static final Logger log = LoggerFactory.getLogger(PollCostIT.class);

    private final int port;
    private final JdbcClient jdbc;
    private final ReadEntries readEntries;
    private final JoinWaitlist joinWaitlist;

    PollCostIT(
            @LocalServerPort int port,
            @Autowired JdbcClient jdbc,
            @Autowired ReadEntries readEntries,
            @Autowired JoinWaitlist joinWaitlist) {
        this.port = port;
        this.jdbc = jdbc;
        this.readEntries = readEntries;
        this.joinWaitlist = joinWaitlist;
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000, 50_000})
    void a_poll_costs_the_same_however_many_wait(int waiting) {
        var sale = UUID.randomUUID();
        fill(sale, waiting);
        var some = some(sale);

        var counted = microsEach(some, Duration.ofSeconds(2), this::count);
        var polled = microsEach(some, Duration.ofSeconds(5), this::poll);

        log.info("{} wait: {} us to count, {} us to poll", waiting, counted, polled);
        assertThat(polled).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 30_000})
    void joining_costs_the_same_however_many_wait(int waiting) {
        var sale = ASale.of(1).scheduled().knownTo(port);
        AnInventory.of(sale).taken(1);
        var watcher = new AShopper(port);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> watcher.queue(sale.id()).state().equals("SOLD_OUT"));
        fill(sale.id(), waiting);
        var some = some(sale.id());

        var counted = microsEach(some, Duration.ofSeconds(4), this::countAll);
        var joined = microsEach(some, Duration.ofSeconds(4), _ -> join(sale.id()));

        log.info("{} wait: {} us to count them all twice, {} us to join", waiting, counted, joined);
        assertThat(joined).isPositive();
    }

    private long join(UUID sale) {
        var command = new JoinWaitlist.Command(new SaleId(sale), new CustomerId(UUID.randomUUID()), null);
        return joinWaitlist.join(command) instanceof JoinWaitlist.Outcome.Joined(var _, var position) ? position : -1;
    }

    /** The former extra work of each batch of joins: is the list full, and where do the new entries stand. */
    private long countAll(WaitlistEntry entry) {
        var waiting = jdbc.sql("select count(*) from waitlist_entry where sale_id = :sale and state = 'WAITING'")
                .param("sale", entry.sale().value())
                .query(Long.class)
                .single();
        var positions = jdbc.sql("""
                select position
                  from (select id, row_number() over (partition by sale_id order by place, id) as position
                          from waitlist_entry
                         where sale_id = :sale
                           and state = 'WAITING') as ranked
                 where id = :id
                """)
                .param("sale", entry.sale().value())
                .param("id", entry.id())
                .query(Long.class)
                .list();
        return positions.size() * waiting;
    }

    private void fill(UUID sale, int waiting) {
        jdbc.sql("""
                insert into waitlist_entry (id, sale_id, customer_id, place, state)
                select gen_random_uuid(), :sale, gen_random_uuid(), :place, 'WAITING'
                  from generate_series(1, :waiting)
                """)
                .param("sale", sale)
                .param("place", WaitlistEntry.BEHIND_ALL_TICKETS)
                .param("waiting", waiting)
                .update();
        jdbc.sql("vacuum analyze waitlist_entry").update();
    }

    /**
     * Microseconds per poll, measured for this time after a warm-up of half of it, with the reading of the line once a
     * second.
     */
    private static long microsEach(List<WaitlistEntry> entries, Duration time, ToLongFunction<WaitlistEntry> ask) {
        assertThat(asked(entries, time.dividedBy(2), ask)).isPositive();
        return time.toNanos() / 1_000 / asked(entries, time, ask);
    }

    private static long asked(List<WaitlistEntry> entries, Duration time, ToLongFunction<WaitlistEntry> ask) {
        var random = new Random(1);
        var end = System.nanoTime() + time.toNanos();
        var asked = 0L;
        while (System.nanoTime() < end) {
            assertThat(ask.applyAsLong(entries.get(random.nextInt(entries.size()))))
                    .isPositive();
            asked++;
        }
        return asked;
    }

    private long poll(WaitlistEntry entry) {
        return readEntries.find(entry.id(), entry.customer()).orElseThrow().position();
    }

    /** The former way: the row, then a count of the entries in front. */
    private long count(WaitlistEntry entry) {
        return jdbc.sql("""
                select count(*) as position
                  from waitlist_entry
                 where sale_id = :sale
                   and state = 'WAITING'
                   and (place, id) <= (:place, :id)
                """)
                .param("sale", entry.sale().value())
                .param("place", entry.place())
                .param("id", entry.id())
                .query((row, _) -> row.getLong("position"))
                .single();
    }

    private List<WaitlistEntry> some(UUID sale) {
        return jdbc.sql("""
                select id, sale_id, customer_id, place, state, admission_id
                  from waitlist_entry
                 where sale_id = :sale
                 order by md5(id::text)
                 limit 500
                """).param("sale", sale).query(WaitlistEntry::read).list();
    }
}
