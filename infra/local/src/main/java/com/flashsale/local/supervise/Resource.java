package com.flashsale.local.supervise;

import com.flashsale.engines.ProcessIdentity;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** One thing that must run: an engine or one replica of a service. It can be started again after its process died. */
public interface Resource {

    String id();

    /** Ids of what must be ready before this one starts. */
    Set<String> needs();

    /** Where its output goes, for the person who looks why it failed. */
    Path log();

    /** Returns when it does its work; fails when it ends before, takes too long, or is stopped meanwhile. */
    void start() throws StartException, InterruptedException;

    /** The process that runs now. */
    Optional<ProcessIdentity> process();

    /** Asks it to end, waits, then makes it end; returns when its process is gone. Nothing happens when none runs. */
    void stop();
}
