package com.flashsale.platform.test.simulation;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The connection is gone, as after a kill; uncommitted changes are rolled back. */
public final class SimulatedCrash extends SQLException {

    private static final long serialVersionUID = 1L;

    /** SQLSTATE class 08: Spring takes it for lost infrastructure, as it would a real one. */
    private static final String CONNECTION_FAILURE = "08006";

    SimulatedCrash(String where) {
        super(where, CONNECTION_FAILURE);
    }

    /** Whether a simulated crash caused this failure. */
    public static boolean isCauseOf(Throwable failure) {
        return has(failure, SimulatedCrash.class::isInstance);
    }

    /** Whether a lock was refused or not given in time: the transaction is rolled back and may be tried again. */
    public static boolean isLockConflict(Throwable failure) {
        return has(
                failure,
                cause -> cause instanceof SQLException sql
                        && List.of("55P03", "40P01").contains(String.valueOf(sql.getSQLState())));
    }

    private static boolean has(Throwable failure, Predicate<Throwable> wanted) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (wanted.test(cause)) return true;
        }
        return false;
    }
}
