package com.flashsale.control.light;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of the audit.
 *
 * @param colour GREEN, RED, or DARK before the first look and while the databases are away
 * @param checkedAt milliseconds since 1970 of the last complete look
 * @param lookMillis the mean time of a look
 * @param failure why the last look failed; empty if it did not
 */
public record Light(
        String colour, @Nullable Long checkedAt, long looks, long lookMillis, String failure, List<Lamp> lamps) {

    /** One invariant. */
    public record Lamp(String id, String name, boolean green, List<Wrong> violations) {}

    /**
     * One violation.
     *
     * @param since milliseconds since 1970, like lastSeen
     * @param persists false if the last look no longer saw it
     * @param ids the ids in it that can be explained
     */
    public record Wrong(String subject, String what, long since, long lastSeen, boolean persists, List<String> ids) {}
}
