package com.flashsale.waitlist.entry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Where an entry stands in the waitlist of its sale: by number, and of one number by the turn in which it came. */
record EntryRank(long number, long turn) implements Comparable<EntryRank> {

    private static final Comparator<EntryRank> ORDER =
            Comparator.comparingLong(EntryRank::number).thenComparingLong(EntryRank::turn);

    static EntryRank of(WaitlistEntry entry) {
        return new EntryRank(entry.place(), entry.turn());
    }

    @Override
    public int compareTo(EntryRank other) {
        return ORDER.compare(this, other);
    }

    /** How many of these, which are in order, stand in front of it. */
    int behind(List<EntryRank> ranks) {
        var found = Collections.binarySearch(ranks, this);
        return found < 0 ? -found - 1 : found;
    }

    boolean isIn(List<EntryRank> ranks) {
        return Collections.binarySearch(ranks, this) >= 0;
    }

    /** Ranks that are in order, with these in them. */
    static List<EntryRank> merge(List<EntryRank> ranks, Collection<EntryRank> joined) {
        var all = new ArrayList<EntryRank>(ranks.size() + joined.size());
        all.addAll(ranks);
        all.addAll(joined);
        // two runs that are in order: this is a merge
        Collections.sort(all);
        return Collections.unmodifiableList(all);
    }
}
