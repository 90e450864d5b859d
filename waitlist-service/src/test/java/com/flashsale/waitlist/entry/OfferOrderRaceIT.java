package com.flashsale.waitlist.entry;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many customers join at once, and units come back one by one. */
@ServiceTest
class OfferOrderRaceIT {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final int port;
    private final JdbcClient jdbc;

    OfferOrderRaceIT(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.port = port;
        this.jdbc = jdbc;
    }

    @Test
    void two_hundred_join_at_once_units_come_back_one_by_one_and_offers_go_in_order_and_never_exceed_them() {
        var sale = ASale.of(20).with("offerDuration", "PT1S").scheduled().knownTo(port);
        var inventory = SoldOutSale.of(sale, port);
        var people = new ArrayList<AShopper>();
        for (int i = 0; i < 200; i++) people.add(new AShopper(port));
        var joined = allAtOnce(people.stream()
                .<java.util.concurrent.Callable<AShopper.Answer>>map(person -> () -> person.joinWaitlist(sale.id()))
                .toList());
        assertThat(joined).extracting(AShopper.Answer::status).containsOnly(201);

        for (int i = 0; i < 10; i++) {
            inventory.freed(1);
            var expected = (i + 1) * 3 / 2;
            await().atMost(A_MINUTE).pollInterval(Duration.ofMillis(20)).until(() -> {
                assertThat(openOffers(sale)).isLessThanOrEqualTo(10);
                return everOffered(sale) >= expected;
            });
        }

        assertThat(offeredOutOfOrder(sale)).isZero();
    }

    private long openOffers(ASale sale) {
        return count("select count(*) from admission where sale_id = :sale and state = 'ISSUED'", sale);
    }

    private long everOffered(ASale sale) {
        return count("select count(*) from admission where sale_id = :sale and source = 'OFFER'", sale);
    }

    private long offeredOutOfOrder(ASale sale) {
        return count("""
                select count(*)
                  from waitlist_entry as waits
                  join waitlist_entry as served using (sale_id)
                 where sale_id = :sale
                   and waits.state = 'WAITING'
                   and served.state <> 'WAITING'
                   and (waits.place, waits.id) < (served.place, served.id)
                """, sale);
    }

    private long count(String sql, ASale sale) {
        return jdbc.sql(sql).param("sale", sale.id()).query(Long.class).single();
    }
}
