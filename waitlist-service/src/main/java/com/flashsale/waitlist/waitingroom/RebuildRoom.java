package com.flashsale.waitlist.waitingroom;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionChange;
import com.flashsale.waitlist.admission.AdmissionSettings;
import com.flashsale.waitlist.admission.AdmissionState;
import com.flashsale.waitlist.admission.Admissions;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.KnownSales;
import com.flashsale.waitlist.sale.Stock;
import com.flashsale.waitlist.sql.SessionLocks;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a room in Redis from what PostgreSQL remembers: for a new sale, and when Redis has lost one. One replica does it. Nobody gets a
 * number that was given out, and nobody a second admission: the rows of the first ones are there.
 */
@Service
class RebuildRoom {

    private static final Logger log = LoggerFactory.getLogger(RebuildRoom.class);
    private static final int SEED_BYTES = 32;

    private final Rooms rooms;
    private final RoomMemory memory;
    private final RoomRedis redis;
    private final WaitingRoom room;
    private final Admissions admissions;
    private final KnownSales knownSales;
    private final SessionLocks locks;
    private final TransactionTemplate transaction;
    private final WaitingRoomSettings settings;
    private final Duration grace;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RebuildRoom(
            Rooms rooms,
            RoomMemory memory,
            RoomRedis redis,
            WaitingRoom room,
            Admissions admissions,
            KnownSales knownSales,
            SessionLocks locks,
            TransactionTemplate transaction,
            WaitingRoomSettings settings,
            AdmissionSettings admissionSettings,
            Clock clock) {
        this.rooms = rooms;
        this.memory = memory;
        this.redis = redis;
        this.room = room;
        this.admissions = admissions;
        this.knownSales = knownSales;
        this.locks = locks;
        this.transaction = transaction;
        this.settings = settings;
        this.grace = admissionSettings.grace();
        this.clock = clock;
    }

    void rebuild(KnownSale sale) {
        locks.runExclusively(sale.id().value(), () -> rebuildUnlessDone(sale));
    }

    private void rebuildUnlessDone(KnownSale sale) {
        var seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        rooms.create(sale.sale(), seed);
        if (isThere(sale)) return;
        var remembered = transaction.execute(_ -> remember(sale));
        if (remembered == null) throw new IllegalStateException("no result of a committed transaction");
        redis.run(RoomScript.REBUILD, sale.id(), remembered.arguments(sale, grace, clock.instant()));
        rooms.find(sale.id()).ifPresent(row -> memory.learn(sale.id(), row));
        log.info("Waiting room of sale {} built: {}", sale.id().value(), remembered.room());
    }

    /** Somebody else may have rebuilt it while we waited for the lock. */
    private boolean isThere(KnownSale sale) {
        var row = rooms.find(sale.id()).orElseThrow();
        memory.learn(sale.id(), row);
        if (row.epoch() == 0) return false;
        try {
            room.peek(sale, new CustomerId(new UUID(0, 0)));
            return true;
        } catch (WaitingRoomUnavailable gone) {
            if (!gone.isMissing()) throw gone;
            log.debug("To be rebuilt: {}", gone.getMessage());
            return false;
        }
    }

    private Remembered remember(KnownSale sale) {
        var begun = rooms.beginEpoch(sale.id(), settings.numberRange());
        if (begun.knownIssued() < begun.issued()) rooms.addGap(sale.id(), begun.knownIssued(), begun.issued());
        // Promises before stock: an order that is decided in between then counts twice for a moment, never not at all.
        var undecided = admissions.undecided(sale.id());
        var taken = admissions.numbersAfter(sale.id(), begun.settled());
        var stock = knownSales.stockInDatabase(sale);
        return new Remembered(begun, rooms.gaps(sale.id()), undecided, taken, stock);
    }

    private record Remembered(
            Rooms.Memory room, String gaps, List<AdmissionChange> undecided, List<Long> taken, Stock stock) {

        List<String> arguments(KnownSale sale, Duration grace, Instant now) {
            var all = new ArrayList<String>();
            all.add(Long.toString(room.epoch()));
            all.add(Terms.of(sale, grace));
            all.add(Long.toString(room.issued()));
            all.add(Long.toString(room.settled()));
            all.add(Long.toString(room.ceiling()));
            all.add(Integer.toString(stock.available()));
            all.add(Long.toString(stock.version()));
            all.add(Long.toString(room.phase()));
            all.add(gaps);
            all.add(Integer.toString(undecided.size()));
            for (var promised : undecided) {
                Admission admission = promised.admission();
                all.add(RoomChanges.member(admission));
                all.add(Integer.toString(admission.units()));
                all.add(Long.toString(RoomChanges.lapse(admission, promised.state() == AdmissionState.ORDERED, now)));
                all.add(Claim.textOf(admission));
            }
            taken.forEach(number -> all.add(number.toString()));
            return all;
        }
    }
}
