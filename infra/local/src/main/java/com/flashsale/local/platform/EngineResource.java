package com.flashsale.local.platform;

import com.flashsale.engines.Engine;
import com.flashsale.engines.EngineException;
import com.flashsale.engines.ProcessIdentity;
import com.flashsale.local.supervise.Resource;
import com.flashsale.local.supervise.StartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** An engine under supervision; what its users need inside it is made before it counts as ready. */
final class EngineResource implements Resource {

    /** The first start of all unpacks the programs and initialises the data. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final String id;
    private final Engine engine;
    private final Runnable prepare;

    EngineResource(String id, Engine engine, Runnable prepare) {
        this.id = id;
        this.engine = engine;
        this.prepare = prepare;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    @Override
    public Path log() {
        return engine.log();
    }

    String url() {
        return engine.url();
    }

    @Override
    public void start() throws StartException {
        try {
            engine.start(START_TIMEOUT);
            prepare.run();
        } catch (EngineException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<ProcessIdentity> process() {
        return ProcessIdentity.of(engine.pid());
    }

    @Override
    public void stop() {
        engine.stop();
    }
}
