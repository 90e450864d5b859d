package com.flashsale.waitlist.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The positions that customers see are those that PostgreSQL would count. */
@ServiceTest
class PositionsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final int port;
    private final JdbcClient jdbc;
    private final WaitlistCache waitlists;

    PositionsIT(@LocalServerPort int port, @Autowired JdbcClient jdbc, @Autowired WaitlistCache waitlists) {
        this.port = port;
        this.jdbc = jdbc;
        this.waitlists = waitlists;
    }

    @Test
    void every_position_is_the_one_that_postgresql_counts() {
        var sale = UUID.randomUUID();
        jdbc.sql("""
                insert into waitlist_entry (id, sale_id, customer_id, place, state)
                select gen_random_uuid(), :sale, gen_random_uuid(), n % 7,
                       case when n % 5 = 0 then 'LEFT' else 'WAITING' end
                  from generate_series(1, 1000) as n
                """).param("sale", sale).update();

        var shown = new HashMap<UUID, Long>();
        for (var entry : waiting(sale)) shown.put(entry.id(), waitlists.position(entry));

        assertThat(shown).hasSize(800).isEqualTo(counted(sale));
    }

    @Test
    void the_line_moves_up_for_a_customer_who_polls_within_a_second_or_two() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        AnInventory.of(sale).taken(1);
        var ada = new AShopper(port);
        await().atMost(SOON).until(() -> ada.queue(sale.id()).state().equals("SOLD_OUT"));
        var bob = new AShopper(port);
        var adas = ada.joinWaitlist(sale.id()).text("id");
        var bobs = bob.joinWaitlist(sale.id());
        assertThat(bobs.number("position")).isEqualTo(2);
        assertThat(bob.entry(bobs.text("id")).number("position")).isEqualTo(2);

        ada.leave(adas);

        // the customer's own state is never old
        assertThat(ada.entry(adas).state()).isEqualTo("LEFT");
        assertThat(ada.entry(adas).number("position")).isZero();
        await().atMost(SOON).until(() -> bob.entry(bobs.text("id")).number("position") == 1);
    }

    private List<WaitlistEntry> waiting(UUID sale) {
        return jdbc.sql("""
                select id, sale_id, customer_id, place, turn, state, admission_id
                  from waitlist_entry
                 where sale_id = :sale
                   and state = 'WAITING'
                """).param("sale", sale).query(WaitlistEntry::read).list();
    }

    private Map<UUID, Long> counted(UUID sale) {
        var counted = new HashMap<UUID, Long>();
        jdbc.sql("""
                select id, row_number() over (order by place, turn) as position
                  from waitlist_entry
                 where sale_id = :sale
                   and state = 'WAITING'
                """)
                .param("sale", sale)
                .query((row, _) -> counted.put(row.getObject("id", UUID.class), row.getLong("position")))
                .list();
        return counted;
    }
}
