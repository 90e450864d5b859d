package com.flashsale.waitlist.room;

import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** PostgreSQL knows how far a room is, since audit, demo and control room read it there. */
@ServiceTest
class CheckpointIT {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final int port;
    private final JdbcClient jdbc;

    CheckpointIT(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.port = port;
        this.jdbc = jdbc;
    }

    private record Numbers(long issued, long serving, long settled) {}

    @Test
    void the_serving_number_is_kept_although_no_customer_joins_or_claims() {
        var sale = ASale.of(3).with("admissionDuration", "PT60S").scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).taken(2);
        for (int customer = 0; customer < 3; customer++) new AShopper(port).join(sale.id());
        await().atMost(PATIENCE).until(() -> numbers(sale).equals(new Numbers(3, 1, 1)));

        inventory.freed(2);

        await().atMost(PATIENCE).until(() -> numbers(sale).equals(new Numbers(3, 3, 1)));
    }

    private Numbers numbers(ASale sale) {
        return jdbc.sql("select issued, serving, settled from waiting_room where sale_id = :sale")
                .param("sale", sale.id())
                .query(Numbers.class)
                .single();
    }
}
