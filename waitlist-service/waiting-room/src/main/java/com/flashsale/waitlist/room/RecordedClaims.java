package com.flashsale.waitlist.room;

import static java.util.stream.Collectors.groupingBy;

import com.flashsale.waitlist.sale.KnownSale;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Tells rooms of claims that have become rows in PostgreSQL, many in one call of Redis. A room that is not told takes a
 * repeated claim for a new one and has it written again, which changes nothing. So no caller waits for this, and a mark
 * may be lost: with the process, with a call that fails, or when the queue is full.
 */
@Component
class RecordedClaims {

    private static final Logger log = LoggerFactory.getLogger(RecordedClaims.class);

    /** Of a few hundred bytes each. */
    private static final int MOST = 4_000;

    /** Changes in one call, during which Redis serves no other request. */
    private static final int BATCH = 500;

    private record Mark(KnownSale sale, long number, Claim claim) {}

    private final RedisRooms rooms;
    private final BlockingQueue<Mark> marks = new ArrayBlockingQueue<>(MOST);

    RecordedClaims(RedisRooms rooms) {
        this.rooms = rooms;
    }

    void add(KnownSale sale, long number, Claim claim) {
        if (!marks.offer(new Mark(sale, number, claim)))
            log.debug("Claim {} of sale {} is not marked", number, sale.id().value());
    }

    /**
     * Tells the rooms the marks that have gathered; for one thread at a time. A fault ends this and drops them: the
     * thread has other work to do.
     */
    void tell() {
        var batch = new ArrayList<Mark>();
        try {
            while (marks.drainTo(batch, BATCH) > 0) {
                tell(batch);
                batch.clear();
            }
        } catch (WaitingRoomUnavailable | DataAccessException away) {
            marks.clear();
            log.debug("Claims are not marked: {}", away.getMessage());
        }
    }

    private void tell(List<Mark> batch) {
        var ofSales = batch.stream().collect(groupingBy(mark -> mark.sale().id()));
        ofSales.values().forEach(this::tellOne);
    }

    private void tellOne(List<Mark> ofSale) {
        var sale = ofSale.getLast().sale();
        var changes = new RoomChanges();
        for (var mark : ofSale) changes.recorded(mark.number(), mark.claim());
        rooms.change(sale, changes);
    }
}
