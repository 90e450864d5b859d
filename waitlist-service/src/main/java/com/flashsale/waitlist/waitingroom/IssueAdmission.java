package com.flashsale.waitlist.waitingroom;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionSettings;
import com.flashsale.waitlist.admission.RecordAdmission;
import com.flashsale.waitlist.sale.KnownSale;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Makes an admission of a claim: it is a row in PostgreSQL before the customer sees it. */
@Service
class IssueAdmission {

    private static final Logger log = LoggerFactory.getLogger(IssueAdmission.class);

    private final RecordAdmission recordAdmission;
    private final WaitingRoom room;
    private final AdmissionSettings settings;
    private final Clock clock;

    IssueAdmission(RecordAdmission recordAdmission, WaitingRoom room, AdmissionSettings settings, Clock clock) {
        this.recordAdmission = recordAdmission;
        this.room = room;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The admission that the customer holds now; nothing while an earlier one of theirs has expired and not yet lapsed.
     *
     * @param epoch of the room that has the claim
     */
    Optional<Admission> issue(KnownSale sale, long number, Claim claim, long epoch) {
        var wanted = claim.toAdmission(sale.sale(), number, settings.grace());
        if (claim.recorded()) return Optional.of(wanted);
        var held = recordAdmission
                .record(wanted, epoch)
                .orElseThrow(() -> WaitingRoomUnavailable.missing("the room was rebuilt since it gave the turn"));
        if (held.id().equals(wanted.id())) {
            tell(sale, new RoomChanges().recorded(number, claim));
            return Optional.of(held);
        }
        if (!held.isUsable(clock.instant())) return Optional.empty();
        // they hold another one, from before a loss of Redis: this turn is the next one's
        tell(sale, new RoomChanges().drop(Long.toString(number)));
        return Optional.of(held);
    }

    /** The row decides; what Redis misses here it learns at the next claim. */
    private void tell(KnownSale sale, RoomChanges changes) {
        try {
            room.change(sale, changes);
        } catch (WaitingRoomUnavailable away) {
            log.debug("Told later: {}", away.getMessage());
        }
    }
}
