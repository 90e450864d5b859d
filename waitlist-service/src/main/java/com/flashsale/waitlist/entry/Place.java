package com.flashsale.waitlist.entry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Where an entry stands in the line of its sale: by number, and of one number by the turn in which it came. */
record Place(long number, long turn) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::number).thenComparingLong(Place::turn);

    static Place of(WaitlistEntry entry) {
        return new Place(entry.place(), entry.turn());
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** How many of these, which are in order, stand in front of it. */
    int behind(List<Place> line) {
        var found = Collections.binarySearch(line, this);
        return found < 0 ? -found - 1 : found;
    }

    boolean isIn(List<Place> line) {
        return Collections.binarySearch(line, this) >= 0;
    }

    /** The line, which is in order, with these in it. */
    static List<Place> merge(List<Place> line, Collection<Place> joined) {
        var all = new ArrayList<Place>(line.size() + joined.size());
        all.addAll(line);
        all.addAll(joined);
        // two runs that are in order: this is a merge
        Collections.sort(all);
        return Collections.unmodifiableList(all);
    }
}
