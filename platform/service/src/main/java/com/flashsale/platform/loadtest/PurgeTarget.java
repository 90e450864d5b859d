package com.flashsale.platform.loadtest;

/**
 * Data of a run that a service keeps outside its tables. The purge removes it before the rows, which say where it is.
 */
public interface PurgeTarget {

    /** A name for people: {@code redis keys}, {@code tombstones}. */
    String name();

    /** Removes the data and returns its count; a second call is harmless. */
    long remove(String run);

    /** The count of the data that exists now. */
    long left(String run);

    /**
     * The work to repeat after the rows of the run have gone, for data that was on its way during the purge. The purge
     * asks for it while the rows exist.
     *
     * @param run of which the task remembers all that it needs
     */
    default Runnable afterRows(String run) {
        return () -> {};
    }
}
