package com.flashsale.waitlist.room;

import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.flashsale.waitlist.SecondReplica;
import com.flashsale.waitlist.admission.AdmissionNews.OrderDecided;
import com.flashsale.waitlist.admission.AdmissionNews.OrderPlaced;
import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.sale.Stock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

/** A sale that is so new that one replica sells it and the other has not heard of it. */
@ServiceTest
class YoungSaleIT {

    /** Long before the admission lapses, by which the room would find out by itself. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void a_replica_that_does_not_know_the_sale_tells_its_room_all_the_same(
            @LocalServerPort int port, @Autowired ConfigurableApplicationContext first) {
        try (var deaf = SecondReplica.beside(
                first, "--spring.kafka.listener.auto-startup=false", "--waitlist.sale.refresh=1h")) {
            var sale = ASale.of(1).scheduled().knownTo(port);
            AnInventory.of(sale).told();
            var ada = new AShopper(port);
            var admission = AShopper.admissionId(ada.join(sale.id()).text("admission"));

            decide(deaf, sale, admission);

            var late = new AShopper(port);
            await().atMost(SOON).until(() -> late.join(sale.id()).code().equals("SOLD_OUT"));
        }
    }

    /** As its listeners would, had they been given the messages. */
    private static void decide(SecondReplica replica, ASale sale, UUID admission) {
        var settle = replica.bean(SettleAdmissions.class);
        var promises = replica.bean(Promises.class);
        var placed = new OrderPlaced(UUID.randomUUID(), admission, null, null, null);
        promises.tell(settle.ordered(List.of(placed)), List.of());
        var decided = new OrderDecided(placed.orderId(), sale.id(), null, null, null, new Stock.Figures(1, 0, 1, 0, 2));
        promises.tell(settle.decided(List.of(decided)), List.of(decided.toStock()));
    }
}
