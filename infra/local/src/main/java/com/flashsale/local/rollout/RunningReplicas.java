package com.flashsale.local.rollout;

import com.flashsale.client.topology.Instance;
import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.local.service.Release;
import java.util.List;

/**
 * The running replicas of services, as far as a rollout changes them. A fault is a ToolException that says what
 * happened.
 */
public interface RunningReplicas {

    /** The places in which replicas of this service run, lowest first. */
    List<Instance> of(ServiceSpec service);

    /** The release that the replica in this place runs. */
    Release releaseIn(Instance place);

    /**
     * Returns when the replica is ready and the callers of the service know it. Otherwise the replica is ended again,
     * and the reason thrown.
     */
    void start(Instance place, Release release);

    /**
     * As {@link #start}, but a replica that does not come up at once is tried again until it does; the reason is thrown
     * all the same.
     */
    void restore(Instance place, Release release);

    /** Throws unless the replica in this place is ready and has been since it was started. */
    void requireWell(Instance place);

    /** The ids with this name: the replicas of a service, one replica by its id, or an engine. */
    List<String> called(String name);

    /**
     * Ends a process and starts it at once; a replica that callers know leaves their lists first. Returns when it is
     * ready and known again.
     */
    void restart(String id);

    /** Ends a replica: callers send it no more requests, it finishes the ones in hand, then it ends. */
    void end(Instance place);
}
