package com.flashsale.waitlist.ticket;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionSettings;
import com.flashsale.waitlist.admission.Admissions;
import com.flashsale.waitlist.admission.LimitsUsed;
import com.flashsale.waitlist.admission.RecordAdmission;
import com.flashsale.waitlist.problem.RoomProblems;
import com.flashsale.waitlist.room.Claim;
import com.flashsale.waitlist.room.WaitingRoom;
import com.flashsale.waitlist.room.WaitingRoomUnavailable;
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
    private final Admissions admissions;
    private final LimitsUsed limitsUsed;
    private final WaitingRoom room;
    private final AdmissionSettings settings;
    private final Clock clock;

    IssueAdmission(
            RecordAdmission recordAdmission,
            Admissions admissions,
            LimitsUsed limitsUsed,
            WaitingRoom room,
            AdmissionSettings settings,
            Clock clock) {
        this.recordAdmission = recordAdmission;
        this.admissions = admissions;
        this.limitsUsed = limitsUsed;
        this.room = room;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The admission that the customer holds now, with the end that it has by now; nothing while an earlier one of
     * theirs has expired and not yet lapsed.
     *
     * @param epoch of the room that has the claim
     */
    Optional<Admission> issue(KnownSale sale, long number, Claim claim, long epoch) {
        return held(sale, number, claim, epoch).map(held -> held.after(sale.sale(), clock.instant()));
    }

    /** As its row has it: it may be for fewer units than the turn was. */
    Admission asWritten(KnownSale sale, long number, Claim claim) {
        return admissions
                .find(claim.id())
                .orElseGet(() -> claim.toAdmission(sale.sale(), number, settings.grace()))
                .after(sale.sale(), clock.instant());
    }

    private Optional<Admission> held(KnownSale sale, long number, Claim claim, long epoch) {
        if (claim.recorded()) return Optional.of(asWritten(sale, number, claim));
        var wanted = claim.toAdmission(sale.sale(), number, settings.grace());
        var held = recordAdmission.record(wanted, epoch).orElseThrow(() -> notWritten(sale, number, claim));
        if (held.id().equals(wanted.id())) {
            room.markRecorded(sale, number, claim);
            return Optional.of(held);
        }
        if (!held.isUsable(clock.instant())) return Optional.empty();
        // they hold another one, from before a loss of Redis: this turn is the next one's
        tell(() -> room.dropTurn(sale, number));
        return Optional.of(held);
    }

    /**
     * The limit of the customer is used up, so the turn is the next one's; or the turn was of a room that is no more.
     */
    private RuntimeException notWritten(KnownSale sale, long number, Claim claim) {
        if (!limitsUsed.isUsedUpNow(sale.id(), claim.customer())) {
            return WaitingRoomUnavailable.missing("the room was rebuilt since it gave the turn");
        }
        tell(() -> room.dropTurn(sale, number));
        return RoomProblems.limitReached();
    }

    /** The row decides; what Redis misses here it learns at the next claim. */
    private static void tell(Runnable change) {
        try {
            change.run();
        } catch (WaitingRoomUnavailable away) {
            log.debug("Told later: {}", away.getMessage());
        }
    }
}
