package com.flashsale.local.supervise;

import com.flashsale.engines.ProcessIdentity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The status of one resource at one moment.
 *
 * @param process the last one seen, whether it still runs or not
 * @param took from its start until ready
 * @param restarts how often it was started again since the platform came up
 * @param note a remark on this state for a person, or empty
 */
public record ResourceStatus(
        String id,
        State state,
        @Nullable ProcessIdentity process,
        @Nullable Duration took,
        int restarts,
        String note) {

    public enum State {
        WAITING,
        STARTING,
        READY,
        RESTARTING,
        FAILED,
        STOPPED
    }

    public static ResourceStatus waiting(String id) {
        return new ResourceStatus(id, State.WAITING, null, null, 0, "");
    }

    ResourceStatus starting() {
        return new ResourceStatus(id, State.STARTING, null, null, restarts, "");
    }

    ResourceStatus ready(@Nullable ProcessIdentity now, Duration time) {
        return new ResourceStatus(id, State.READY, now, time, restarts, "");
    }

    ResourceStatus restarting(String why) {
        return new ResourceStatus(id, State.RESTARTING, null, took, restarts + 1, why);
    }

    /** The resource will be started again, but a caller should not wait for that. */
    ResourceStatus givenUp(String why) {
        return new ResourceStatus(id, State.FAILED, null, took, restarts + 1, why);
    }

    ResourceStatus failed(String why) {
        return new ResourceStatus(id, State.FAILED, null, took, restarts, why);
    }

    ResourceStatus stopped() {
        return new ResourceStatus(id, State.STOPPED, null, took, restarts, "");
    }
}
