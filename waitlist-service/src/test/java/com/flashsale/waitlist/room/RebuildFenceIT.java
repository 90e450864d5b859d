package com.flashsale.waitlist.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.admission.RoomEpochs;
import com.flashsale.waitlist.sale.SaleId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A rebuild reads the rows of a room: those that are being written at that moment must be among them. */
@ServiceTest
class RebuildFenceIT {

    @LocalServerPort
    int port;

    @Autowired
    RoomEpochs epochs;

    @Autowired
    Rooms rooms;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void a_rebuild_waits_for_the_rows_that_are_being_written() throws Exception {
        var sale = ASale.of(1).scheduled().knownTo(port);
        new AShopper(port).join(sale.id());
        var id = new SaleId(sale.id());

        var rebuild = new CompletableFuture<Rooms.NewEpoch>();
        var before = transaction.execute(_ -> {
            var epoch = epochs.keep(List.of(id)).get(id);
            rebuild.completeAsync(() -> transaction.execute(_ -> rooms.beginEpoch(id, 1)));
            await().until(this::aRebuildWaits);
            return epoch;
        });

        assertThat(rebuild.get(10, TimeUnit.SECONDS).epoch()).isEqualTo(before + 1);
    }

    private boolean aRebuildWaits() {
        return jdbc.sql("""
                select exists (select
                                 from pg_stat_activity
                                where wait_event_type = 'Lock'
                                  and query like '%epoch = epoch + 1%')
                """).query(Boolean.class).single();
    }
}
