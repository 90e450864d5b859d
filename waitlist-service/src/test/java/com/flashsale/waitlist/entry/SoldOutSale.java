package com.flashsale.waitlist.entry;

import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.TestKafka;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import java.time.Duration;
import java.util.List;

/** A sale whose units other customers have taken, and the facts about its entries. */
final class SoldOutSale {

    private static final Duration SOON = Duration.ofSeconds(30);

    private SoldOutSale() {}

    /** Other customers take all units, and the queue knows. */
    static AnInventory of(ASale sale, int port) {
        var inventory = AnInventory.of(sale).taken(sale.allotted());
        var watcher = new AShopper(port);
        await().atMost(SOON).until(() -> watcher.queue(sale.id()).state().equals("SOLD_OUT"));
        return inventory;
    }

    static List<String> factsOf(ASale sale, String entry) {
        return TestKafka.events("waitlist.entry", sale.id().toString()).stream()
                .filter(event -> event.subject().equals(entry))
                .map(event -> event.type().split("\\.")[4])
                .toList();
    }
}
