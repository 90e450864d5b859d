package com.flashsale.waitlist.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.flashsale.waitlist.SmallLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@SmallLimits
class FullWaitlistIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;

    FullWaitlistIT(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void a_full_waitlist_refuses_customers_until_one_leaves() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        AnInventory.of(sale).taken(1);
        var ada = new AShopper(port);
        await().atMost(PATIENCE).until(() -> ada.queue(sale.id()).state().equals("SOLD_OUT"));
        var adas = ada.joinWaitlist(sale.id());
        new AShopper(port).joinWaitlist(sale.id());
        var late = new AShopper(port);

        var refused = late.joinWaitlist(sale.id());

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("WAITLIST_FULL");
        // an entry that is on it is still found
        assertThat(ada.joinWaitlist(sale.id()).text("id")).isEqualTo(adas.text("id"));
        ada.leave(adas.text("id"));
        await().atMost(PATIENCE).until(() -> late.joinWaitlist(sale.id()).status() == 201);
    }
}
