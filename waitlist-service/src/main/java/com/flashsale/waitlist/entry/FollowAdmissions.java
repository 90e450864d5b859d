package com.flashsale.waitlist.entry;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionChange;
import com.flashsale.waitlist.admission.AdmissionsChanged;
import com.flashsale.waitlist.sale.SaleCache;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** Moves the entry of an offer after each change of its admission, in the same transaction. */
@Service
class FollowAdmissions {

    private static final Logger log = LoggerFactory.getLogger(FollowAdmissions.class);

    private enum Move {
        ORDERED,
        LAPSED,
        BACK_TO_HEAD,
        NONE
    }

    private final EntryTransitions entries;
    private final EntryEvents events;
    private final SaleCache sales;
    private final Counter brokenOffers;
    private final Counter brokenOffersOfLoadTests;

    FollowAdmissions(EntryTransitions entries, EntryEvents events, SaleCache sales, MeterRegistry meters) {
        this.entries = entries;
        this.events = events;
        this.sales = sales;
        this.brokenOffers = brokenOffers(meters, false);
        this.brokenOffersOfLoadTests = brokenOffers(meters, true);
    }

    private static Counter brokenOffers(MeterRegistry meters, boolean loadTest) {
        return Counter.builder("waitlist.offers.broken")
                .description(
                        "offered units that were gone: one at most for each late payment while admissionFactor is 1")
                .tag("load_test", Boolean.toString(loadTest))
                .register(meters);
    }

    @EventListener
    void on(AdmissionsChanged changed) {
        var moves = changed.changes().stream()
                .filter(change -> change.admission().source() instanceof Admission.Offer)
                .collect(groupingBy(
                        FollowAdmissions::move,
                        mapping(change -> change.admission().id(), toList())));
        moves.forEach((move, offers) -> {
            List<WaitlistEntry> moved = switch (move) {
                case ORDERED -> entries.ordered(offers);
                case LAPSED -> entries.lapsed(offers);
                case BACK_TO_HEAD -> entries.backToHead(offers);
                case NONE -> List.of();
            };
            if (move == Move.BACK_TO_HEAD && !moved.isEmpty()) {
                moved.forEach(entry -> brokenOffersOf(entry).increment());
                log.error("{} offered units were gone when the orders came, as after late payments", moved.size());
            }
            events.tell(moved);
        });
    }

    private Counter brokenOffersOf(WaitlistEntry entry) {
        return sales.loadTestOf(entry.sale()) == null ? brokenOffers : brokenOffersOfLoadTests;
    }

    private static Move move(AdmissionChange change) {
        return switch (change.state()) {
            case ISSUED -> Move.NONE;
            case ORDERED -> Move.ORDERED;
            case LAPSED -> Move.LAPSED;
            case DECIDED -> decided(change.refusal());
        };
    }

    /** A refusal for another reason than stock, such as the customer's limit, has used up the offer. */
    private static Move decided(@Nullable String refusal) {
        if (refusal == null) return Move.ORDERED;
        return refusal.equals("SOLD_OUT") ? Move.BACK_TO_HEAD : Move.LAPSED;
    }
}
