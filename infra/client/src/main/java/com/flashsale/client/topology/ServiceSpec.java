package com.flashsale.client.topology;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts about one service that a process on this machine needs.
 *
 * @param module directory below the clone's root, which also names the jar
 * @param index its place in a port block, see {@link Ports}
 * @param heapMb -Xmx; the sum over the table keeps the whole platform under 3.5 GiB
 * @param database its own database, which is also its role; null when it has none
 */
public record ServiceSpec(
        String name,
        String module,
        int index,
        int heapMb,
        @Nullable String database,
        Set<Need> needs) {

    /** The other parts that a service talks to; they decide its environment, and must be ready before it starts. */
    public enum Need {
        KAFKA,
        REDIS,
        DISCOVERY,
        ADMISSION_KEYS,
        PAYMENT,
        CLIENT_SECRETS
    }

    public boolean needs(Need need) {
        return needs.contains(need);
    }
}
