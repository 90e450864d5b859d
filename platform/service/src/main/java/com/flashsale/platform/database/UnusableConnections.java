package com.flashsale.platform.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Tells the pool which failures make a connection useless, beyond those that it knows. A session on a server that has
 * become read-only passes every check of its health and fails every write: without this it stays in use until it is too
 * old.
 */
public final class UnusableConnections implements SQLExceptionOverride {

    /** read-only transaction, idle in transaction, idle session, transaction timeout, database dropped */
    private static final Set<String> STATES = Set.of("25006", "25P03", "57P05", "25P04", "57P04");

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return STATES.contains(String.valueOf(failure.getSQLState())) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
