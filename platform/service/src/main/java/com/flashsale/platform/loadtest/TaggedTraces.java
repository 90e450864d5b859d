package com.flashsale.platform.loadtest;

/** What a service keeps of a run outside its tables. Removed before the rows, which say where it is. */
public interface TaggedTraces {

    /** For people: {@code redis keys}, {@code tombstones}. */
    String name();

    /** Removes them; again is harmless. */
    long remove(String run);

    /** How many there are now. */
    long left(String run);
}
