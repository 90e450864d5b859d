package com.flashsale.waitlist.entry;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.Admissions;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.ticket.AdmissionTokens;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads entries with the values that are computed on demand: the position, and the signed admission of an offer. */
@Service
class ReadEntries {

    private static final long POLL_MS = 1_000;
    private static final long POLL_MS_PER_PLACE = 100;
    private static final long LONGEST_POLL_MS = 10_000;
    private static final long OFFERED_POLL_MS = 2_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Entries entries;
    private final WaitlistCache waitlistCache;
    private final Admissions admissions;
    private final AdmissionTokens tokens;
    private final SaleCache saleCache;
    private final Clock clock;

    ReadEntries(
            Entries entries,
            WaitlistCache waitlistCache,
            Admissions admissions,
            AdmissionTokens tokens,
            SaleCache saleCache,
            Clock clock) {
        this.entries = entries;
        this.waitlistCache = waitlistCache;
        this.admissions = admissions;
        this.tokens = tokens;
        this.saleCache = saleCache;
        this.clock = clock;
    }

    Optional<EntryView> find(UUID id, CustomerId owner) {
        return entries.find(id, owner).map(entry -> view(entry, position(entry)));
    }

    EntryView.Page page(CustomerId owner, @Nullable UUID cursor, int limit) {
        // one more than asked for says whether there is another page
        var found = entries.page(owner, cursor == null ? BEFORE_ALL : cursor, limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        var views = shown.stream().map(entry -> view(entry, position(entry))).toList();
        var next = found.size() > limit ? shown.getLast().id().toString() : null;
        return new EntryView.Page(views, next);
    }

    private long position(WaitlistEntry entry) {
        return entry.state() == EntryState.WAITING ? waitlistCache.position(entry) : 0;
    }

    EntryView view(WaitlistEntry entry, long position) {
        var offer = entry.state() == EntryState.OFFERED && entry.admission() != null
                ? admissions.find(entry.admission()).map(this::asOfNow).orElse(null)
                : null;
        return new EntryView(
                entry.id(),
                entry.sale().value(),
                position,
                entry.state(),
                offer == null ? null : tokens.sign(offer),
                offer == null ? null : offer.expiresAt(),
                offer == null ? null : Integer.valueOf(offer.units()),
                pollAfter(entry.state(), position));
    }

    /** The offer, prolonged by the pauses since its issue. */
    private Admission asOfNow(Admission offer) {
        return saleCache
                .findAnywhere(offer.sale())
                .map(known -> offer.after(known.sale(), clock.instant()))
                .orElse(offer);
    }

    /** The further back an entry stands, the later anything can change. */
    private static @Nullable Long pollAfter(EntryState state, long position) {
        return switch (state) {
            case WAITING -> Math.min(LONGEST_POLL_MS, POLL_MS + (position - 1) * POLL_MS_PER_PLACE);
            case OFFERED -> OFFERED_POLL_MS;
            case ORDERED, LAPSED, LEFT, CLOSED -> null;
        };
    }
}
