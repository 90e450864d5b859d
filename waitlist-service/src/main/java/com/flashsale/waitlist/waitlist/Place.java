package com.flashsale.waitlist.waitlist;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Where an entry stands in the line of its sale. In the order of PostgreSQL, which compares the bytes of an id; Java's has signs. */
record Place(long number, UUID id) implements Comparable<Place> {

    private static final Comparator<Place> ORDER = Comparator.comparingLong(Place::number)
            .thenComparing(place -> place.id().getMostSignificantBits(), Long::compareUnsigned)
            .thenComparing(place -> place.id().getLeastSignificantBits(), Long::compareUnsigned);

    static Place of(WaitlistEntry entry) {
        return new Place(entry.place(), entry.id());
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
