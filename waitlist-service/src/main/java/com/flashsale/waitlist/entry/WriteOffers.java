package com.flashsale.waitlist.entry;

import com.flashsale.platform.time.Ids;
import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionChange;
import com.flashsale.waitlist.admission.AdmissionSettings;
import com.flashsale.waitlist.admission.Admissions;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Writes offers to the entries of a waitlist, in the transaction of the caller. */
@Component
class WriteOffers {

    private static final long ALMOST_A_SECOND = 999_999_999;

    /** An offer with less time than this is useless, since no customer can order so fast. */
    private static final Duration LEAST_TIME = Duration.ofSeconds(10);

    private final Admissions admissions;
    private final EntryTransitions entries;
    private final EntryEvents events;
    private final WaitlistSettings settings;
    private final AdmissionSettings admissionSettings;

    WriteOffers(
            Admissions admissions,
            EntryTransitions entries,
            EntryEvents events,
            WaitlistSettings settings,
            AdmissionSettings admissionSettings) {
        this.admissions = admissions;
        this.entries = entries;
        this.events = events;
        this.settings = settings;
        this.admissionSettings = admissionSettings;
    }

    /** Offers the free units to the next entries, one each. The caller holds the lock of the sale. */
    List<AdmissionChange> offer(KnownSale sale) {
        var free = admissions.freeUnits(sale.id());
        var now = admissions.now();
        if (free <= 0 || !isUseful(sale.sale(), now)) return List.of();
        var offers = entries.next(sale.id(), Math.min(free, settings.offerBatch())).stream()
                .map(entry -> offerTo(entry, sale.sale(), now))
                .toList();
        if (offers.isEmpty()) return List.of();
        admissions.insert(offers);
        var offered = entries.offer(offers);
        events.tell(offered);
        var written = Set.copyOf(offersOf(offered));
        return offers.stream()
                .filter(offer -> written.contains(offer.id()))
                .map(AdmissionChange::issued)
                .toList();
    }

    /** By the database's clock, which ends offers and sales. */
    private static boolean isUseful(Sale sale, Instant now) {
        var least = sale.offer().compareTo(LEAST_TIME) < 0 ? sale.offer() : LEAST_TIME;
        return !sale.endsAt().isBefore(now.plus(least));
    }

    private Admission offerTo(WaitlistEntry entry, Sale sale, Instant now) {
        // a token counts in whole seconds: rounding up gives the customer no less time than the
        // sale promises
        var end = now.plus(sale.offer()).plusNanos(ALMOST_A_SECOND).truncatedTo(ChronoUnit.SECONDS);
        var expiresAt = end.isAfter(sale.endsAt()) ? sale.endsAt() : end;
        return new Admission(
                Ids.next(),
                entry.sale(),
                entry.customer(),
                1,
                new Admission.Offer(entry.id()),
                now.truncatedTo(ChronoUnit.SECONDS),
                expiresAt,
                expiresAt.plus(admissionSettings.grace()),
                sale.pausedMillis());
    }

    /** Closes the waitlist if units are free and no entry wants them; the answer says whether it did. */
    boolean closeIfNobodyWaits(SaleId sale) {
        if (entries.anybodyWaits(sale) || admissions.freeUnits(sale) <= 0) return false;
        events.tell(entries.closeWaiting(sale));
        return true;
    }

    static List<UUID> offersOf(Collection<WaitlistEntry> entries) {
        return entries.stream()
                .map(WaitlistEntry::admission)
                .filter(Objects::nonNull)
                .collect(Collectors.toList());
    }
}
