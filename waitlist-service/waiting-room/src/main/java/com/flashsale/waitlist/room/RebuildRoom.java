package com.flashsale.waitlist.room;

import com.flashsale.platform.sql.SessionLocks;
import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionChange;
import com.flashsale.waitlist.room.LobbyPlaces.LobbyPlace;
import com.flashsale.waitlist.room.ScriptArguments.Rebuild;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Builds a room in Redis from its rows in PostgreSQL: for a new sale, and when Redis has lost a room. One replica does
 * it. No number is given out twice, and no customer gets a second admission: the rows of the first ones are there. The
 * rows also keep the places of the lobby.
 */
@Service
class RebuildRoom {

    private static final Logger log = LoggerFactory.getLogger(RebuildRoom.class);
    private static final int SEED_BYTES = 32;

    /** Entries per call: a few milliseconds of Redis' time. */
    private static final int PART = 200;

    private static final int TRIES = 3;

    private final RoomStore store;
    private final RoomRecords records;
    private final LobbyPlaces places;
    private final SessionLocks locks;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RebuildRoom(RoomStore store, RoomRecords records, LobbyPlaces places, SessionLocks locks, Clock clock) {
        this.store = store;
        this.records = records;
        this.places = places;
        this.locks = locks;
        this.clock = clock;
    }

    void rebuild(KnownSale sale) {
        locks.runExclusively(sale.id().value(), () -> rebuildUnlessDone(sale));
    }

    private void rebuildUnlessDone(KnownSale sale) {
        var seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        store.rooms().create(sale.sale(), seed);
        if (isThere(sale)) return;
        var records = this.records.beginEpoch(sale);
        build(sale, records);
        store.rooms().find(sale.id()).ifPresent(row -> store.rowCache().learn(sale.id(), row));
        log.info("Waiting room of sale {} built: {}", sale.id().value(), records.room());
    }

    /**
     * Builds in parts: a large room is more than Redis takes at once, and other rooms go on meanwhile. Until the last
     * part the room admits no customer.
     */
    private void build(KnownSale sale, RoomRecords.Records records) {
        var epoch = records.room().epoch();
        if (!store.redis().build(sale, epoch, records.head())) return;
        for (var part : parts(records.undecided())) {
            var now = clock.instant();
            var promises = part.stream().map(change -> promise(change, now)).toList();
            buildPart(sale, epoch, new Rebuild.Promises(promises));
        }
        for (var part : parts(records.taken())) buildPart(sale, epoch, new Rebuild.Spent(part));
        var page = places.after(sale.id(), new UUID(0, 0), PART);
        while (!page.isEmpty()) {
            buildPart(
                    sale,
                    epoch,
                    new Rebuild.Places(page.stream().map(RebuildRoom::place).toList()));
            page = places.after(sale.id(), page.getLast().customer().value(), PART);
        }
        store.redis().build(sale, epoch, new Rebuild.End());
    }

    /** Repeats a part if Redis is slow for a moment; a part may come twice. */
    private void buildPart(KnownSale sale, long epoch, Rebuild part) {
        for (int tried = 1; ; tried++) {
            try {
                store.redis().build(sale, epoch, part);
                return;
            } catch (WaitingRoomUnavailable slow) {
                if (slow.isMissing() || slow.isConnection() || tried == TRIES) throw slow;
            }
        }
    }

    private static <T> List<List<T>> parts(List<T> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + PART)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + PART)))
                .toList();
    }

    private static Rebuild.Promise promise(AdmissionChange promised, Instant now) {
        Admission admission = promised.admission();
        return new Rebuild.Promise(
                RoomChanges.member(admission),
                admission.units(),
                RoomChanges.lapse(admission, promised.state() == Admission.State.ORDERED, now),
                Claim.textOf(admission));
    }

    private static Rebuild.Place place(LobbyPlace place) {
        return new Rebuild.Place(place.customer().value(), place.place(), place.number());
    }

    /** Whether the room exists: another replica may have built it before this one took the lock. */
    private boolean isThere(KnownSale sale) {
        var row = store.rooms().find(sale.id()).orElseThrow();
        store.rowCache().learn(sale.id(), row);
        if (row.epoch() == 0) return false;
        try {
            store.redis().peek(sale, new CustomerId(new UUID(0, 0)));
            return true;
        } catch (WaitingRoomUnavailable gone) {
            if (!gone.isMissing()) throw gone;
            log.debug("To be rebuilt: {}", gone.getMessage());
            return false;
        }
    }
}
