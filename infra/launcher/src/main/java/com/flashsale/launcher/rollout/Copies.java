package com.flashsale.launcher.rollout;

import com.flashsale.launcher.service.Release;
import com.flashsale.launcher.topology.Instance;
import com.flashsale.launcher.topology.ServiceSpec;
import java.util.List;

/** The copies of services that run, as far as a rollout changes them. A fault is a LauncherException that says what was seen. */
public interface Copies {

    /** The places in which copies of this service run, lowest first. */
    List<Instance> of(ServiceSpec service);

    /** What the copy in this place runs. */
    Release releaseIn(Instance place);

    /** Returns when it is ready and those who call the service know it; otherwise it is ended again, and the reason thrown. */
    void start(Instance place, Release release);

    /** As start, but what does not come up at once is tried again until it does; the reason is thrown all the same. */
    void restore(Instance place, Release release);

    /** Throws unless the copy in this place is ready and has been since it was started. */
    void requireWell(Instance place);

    /** All that is called so: the copies of a service, one copy by its id, or an engine. */
    List<String> called(String name);

    /** Ends it and starts it at once; a copy that callers know leaves their lists first. Returns when it is ready and known again. */
    void restart(String id);

    /** Nobody is sent there any more, then what is in hand is finished, then it ends. */
    void end(Instance place);
}
