package com.flashsale.platform.loadtest;

/** What a service keeps of a run outside its tables. Removed before the rows, which say where it is. */
public interface TaggedTraces {

    /** For people: {@code redis keys}, {@code tombstones}. */
    String name();

    /** Removes them; again is harmless. */
    long remove(String run);

    /** How many there are now. */
    long left(String run);

    /**
     * What is to be done once more when the rows of the run have gone, for what was on its way meanwhile. Asked for while they are there.
     *
     * @param run of which it remembers what it needs
     */
    default Runnable afterRows(String run) {
        return () -> {};
    }
}
