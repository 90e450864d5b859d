package com.flashsale.waitlist.entry;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.EmptyServiceTest;
import com.flashsale.platform.test.Race;
import com.flashsale.platform.test.RowsRead;
import com.flashsale.platform.time.Ids;
import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionNews.AdmissionVoided;
import com.flashsale.waitlist.admission.AdmissionNews.OrderDecided;
import com.flashsale.waitlist.admission.AdmissionNews.OrderPlaced;
import com.flashsale.waitlist.admission.RecordAdmission;
import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.entry.Entries.Wanted;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.sale.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A sale begins with empty tables, and PostgreSQL keeps the plans that it made on them: they must be right for full
 * ones too. Positions are not measured here: by design they read the whole line, once a second or batch. Nor is the job
 * that looks for lapsed admissions.
 */
@EmptyServiceTest
@TestPropertySource(properties = "waitlist.room.lapse=1h")
class WaitlistPlansIT {

    private static final int FIRST_BATCHES = 12;
    private static final int FEW = 4;
    private static final int EARLIER_CUSTOMERS = 4_000;
    private static final int MEASURED = 64;
    private static final int ROWS_EACH = 8;

    private final SaleId sale = new SaleId(UUID.randomUUID());

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Entries entries;

    @Autowired
    EntryTransitions moves;

    @Autowired
    RecordAdmission recordAdmission;

    @Autowired
    SettleAdmissions settleAdmissions;

    @Autowired
    @Qualifier("outboxRelay")
    SmartLifecycle relay;

    @Autowired
    @Qualifier("limitTask")
    SmartLifecycle limitTask;

    @Test
    void the_rows_that_an_offer_reads_do_not_grow_with_the_crowd() throws Exception {
        relay.stop(); // sending is another matter, and so is a queue that is not sent
        limitTask.stop(); // reads new orders by the clock, however many offers there are
        var rows = RowsRead.of(dataSource);
        aSoldOutSale();
        for (int i = 0; i < FIRST_BATCHES; i++) offer(FEW);
        earlierCustomers();
        jdbc.sql("truncate outbox").update();

        rows.assertAtMost(ROWS_EACH, MEASURED, () -> takeTurns(MEASURED));
        rows.assertAtMost(ROWS_EACH, MEASURED, () -> join(MEASURED));
        var offers = new ArrayList<Admission>();
        rows.assertAtMost(ROWS_EACH, MEASURED, () -> offers.addAll(offerToNext(MEASURED)));
        rows.assertAtMost(ROWS_EACH, MEASURED, () -> settle(offers));
    }

    private void aSoldOutSale() {
        jdbc.sql("insert into waiting_room (sale_id, phase, seed) values (:sale, 1, '')")
                .param("sale", sale.value())
                .update();
    }

    /**
     * This number of customers joins, is offered a unit, and orders it or lets it pass; as many others come with their
     * turns.
     */
    private void offer(int customers) {
        takeTurns(customers);
        join(customers);
        settle(offerToNext(customers));
    }

    private void takeTurns(int customers) {
        record(Stream.generate(() -> admission(customer(), new Admission.Turn(1)))
                .limit(customers)
                .toList());
    }

    private void settle(List<Admission> offers) {
        var half = offers.size() / 2;
        var ordered = offers.subList(0, half);
        settleAdmissions.ordered(ordered.stream()
                .map(each -> new OrderPlaced(orderOf(each), each.id(), null, null, null))
                .toList());
        settleAdmissions.decided(ordered.subList(0, half / 2).stream()
                .map(each -> decided(each, null))
                .toList());
        // offered, and then not there: such a customer waits on
        settleAdmissions.decided(ordered.subList(half / 2, half).stream()
                .map(each -> decided(each, "SOLD_OUT"))
                .toList());
        var late = offers.subList(half, offers.size());
        transaction.executeWithoutResult(
                _ -> settleAdmissions.withdraw(late.stream().map(Admission::id).toList()));
        settleAdmissions.voided(
                late.stream().map(each -> new AdmissionVoided(each.id())).toList());
    }

    private void join(int customers) {
        var wanted = LongStream.rangeClosed(1, customers)
                .mapToObj(number -> new Wanted(Ids.next(), sale, customer(), number))
                .toList();
        assertThat(entries.add(wanted)).hasSize(customers);
        assertThat(entries.add(wanted)).isEmpty();
        assertThat(entries.alive(wanted)).hasSize(customers);
    }

    private List<Admission> offerToNext(int customers) {
        var next = Objects.requireNonNull(transaction.execute(_ -> moves.next(sale, customers)));
        var offers = next.stream()
                .map(entry -> admission(entry.customer(), new Admission.Offer(entry.id())))
                .toList();
        record(offers);
        assertThat(moves.offer(offers)).hasSize(customers);
        return offers;
    }

    /** Each admission twice, as by a customer who comes again. */
    private void record(List<Admission> wanted) {
        for (int i = 0; i < 2; i++) {
            var held = Race.allAtOnce(wanted.stream()
                    .map(each -> (Callable<Admission>)
                            () -> recordAdmission.record(each, epoch()).orElseThrow())
                    .toList());
            assertThat(held)
                    .extracting(Admission::id)
                    .containsExactlyElementsOf(
                            wanted.stream().map(Admission::id).toList());
        }
    }

    private long epoch() {
        return jdbc.sql("select coalesce(max(epoch), 0) as epoch from waiting_room where sale_id = :sale")
                .param("sale", sale.value())
                .query((row, _) -> row.getLong("epoch"))
                .single();
    }

    private Admission admission(CustomerId customer, Admission.Source source) {
        var now = Instant.now();
        var end = now.plusSeconds(600);
        return new Admission(Ids.next(), sale, customer, 1, source, now, end, end, 0);
    }

    private OrderDecided decided(Admission admission, String reason) {
        return new OrderDecided(
                orderOf(admission), sale.value(), null, null, reason, new Stock.Figures(100, 0, 100, 0, 1));
    }

    /** Any id will do that is the same each time. */
    private static UUID orderOf(Admission admission) {
        return admission.id();
    }

    private static CustomerId customer() {
        return new CustomerId(UUID.randomUUID());
    }

    /**
     * Customers that came on other connections, whose plans are of no concern here. All stand behind those who come
     * later here.
     */
    private void earlierCustomers() {
        Stream.of("""
                insert into waitlist_entry (id, sale_id, customer_id, place, state)
                select gen_random_uuid(), :sale, gen_random_uuid(), 1000000, 'WAITING'
                  from generate_series(1, :customers)
                """, """
                insert into waitlist_entry (id, sale_id, customer_id, place, state, admission_id)
                select gen_random_uuid(), :sale, gen_random_uuid(), 1, 'ORDERED', gen_random_uuid()
                  from generate_series(1, :customers)
                """, """
                insert into admission (id, sale_id, customer_id, units, source, number, state, issued_at,
                                       expires_at, lapses_at)
                select gen_random_uuid(), :sale, gen_random_uuid(), 1, 'TURN', 1, 'ISSUED', now(),
                       now() + interval '1 hour',
                       now() + interval '1 hour'
                  from generate_series(1, :customers)
                """, """
                insert into admitted_order (order_id, admission_id, decided)
                select gen_random_uuid(), id, sale_id is null
                  from admission
                 where sale_id = :sale
                 limit :customers
                """)
                .forEach(each -> jdbc.sql(each)
                        .param("sale", sale.value())
                        .param("customers", EARLIER_CUSTOMERS)
                        .update());
    }
}
