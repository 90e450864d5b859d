package com.flashsale.local.platform;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.Secrets;
import com.flashsale.client.platform.StateFile;
import com.flashsale.client.topology.Instance;
import com.flashsale.engines.OrphanReaper;
import com.flashsale.engines.ProcessIdentity;
import com.flashsale.local.console.PlatformConsole;
import com.flashsale.local.preflight.Preflight;
import com.flashsale.local.proof.SelfTest;
import com.flashsale.local.rollout.RolloutServer;
import com.flashsale.local.service.Jvm;
import com.flashsale.local.service.Learning;
import com.flashsale.local.service.LocalContext;
import com.flashsale.local.service.RunMode;
import com.flashsale.local.service.Tracing;
import com.flashsale.local.service.Training;
import com.flashsale.local.supervise.StatusBoard;
import com.flashsale.local.supervise.Supervisor;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A platform that this process runs. Closing it stops everything in reverse order; if this process is killed instead,
 * the reaper ends the children.
 */
public final class Platform implements AutoCloseable {

    /**
     * All that have what they need start together: the graph of readiness is the order, this is only the bound of its
     * threads.
     */
    private static final int STARTS_AT_ONCE = 11;

    private final Context context;
    private final PlatformConsole console;
    private final StateFile stateFile;
    private final OrphanReaper reaper;
    private final Supervisor supervisor;
    private final StateWriter state;
    private final ReplicaManager replicas;
    private final ReentrantLock closing = new ReentrantLock();
    private final Instant startedAt;
    private final Duration warmUp;
    private final Jvm jvm;
    private final boolean mayLearn;
    private boolean learns;
    private boolean learnsLater;
    private volatile Runnable beforeStop = () -> {};
    private @Nullable RolloutServer rollouts;
    private boolean closed;

    private Platform(Context context, Options options, PlatformConsole console, Instant startedAt) {
        this.context = context;
        this.console = console;
        this.startedAt = startedAt;
        this.warmUp = options.warmUp();
        this.jvm = options.mode().jvm();
        this.mayLearn = options.mode().recording() == RunMode.Recording.WITHOUT_CACHE;
        this.stateFile = new StateFile(context.home());
        this.reaper = OrphanReaper.start(context.home().run().resolve("reapers"));
        var local = new LocalContext(context, options.mode());
        var graph = ResourceGraph.of(local, options.replicas().instances(), reaper);
        this.state = new StateWriter(context, graph, stateFile, startedAt);
        var resources = graph.resources();
        var board = new StatusBoard(resources.stream().map(it -> it.id()).toList(), List.of(state, console));
        this.supervisor = new Supervisor(resources, board, Clock.systemUTC(), STARTS_AT_ONCE);
        this.replicas = new ReplicaManager(local, reaper, supervisor, board, state);
    }

    /** Checks this machine and prepares; nothing runs yet but the reaper. Throws when something is missing. */
    public static Platform prepare(Home home, Options options, PlatformConsole console) {
        var startedAt = Instant.now();
        var cleaner = new StaleStateCleaner(home);
        var ended = cleaner.endProcesses();
        if (!ended.isEmpty()) console.say("cleanup", "ended what a crashed run had left: processes " + ended);
        var instances = options.replicas().instances();
        var preflight = new Preflight(home);
        preflight.require(options.ports(), instances);
        preflight.look(options.ports(), instances).forEach(finding -> console.say("check", finding.line()));
        requireBuilt(home, instances);
        requireAgent(options.mode().tracing());
        if (options.fresh()) cleaner.forgetData();
        var context = new Context(home, options.ports(), Secrets.at(home.secrets()));
        return new Platform(context, options, console, startedAt);
    }

    private static void requireBuilt(Home home, List<Instance> instances) {
        var missing = instances.stream()
                .map(instance -> home.jar(instance.service().module()))
                .filter(jar -> !Files.isReadable(jar))
                .map(jar -> "not built: " + home.root().relativize(jar))
                .toList();
        if (!missing.isEmpty()) {
            throw ToolException.startFailed("Try: rm -f .run/build.stamp && ./flashsale up", missing);
        }
    }

    private static void requireAgent(@Nullable Tracing tracing) {
        if (tracing != null && !Files.isReadable(tracing.agent())) {
            throw ToolException.startFailed(
                    "Try: mvn -pl infra/images package", List.of("no tracing agent: " + tracing.agent()));
        }
    }

    /** Returns when a purchase through the gateway has succeeded. */
    public Duration start() {
        return start(_ -> {});
    }

    /** @param last work of the caller after the proof and before the platform says READY */
    public Duration start(Consumer<Context> last) {
        stateFile.writeSupervisor(
                ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow());
        state.phase("STARTING");
        supervisor.start();
        new SelfTest(context, state.current(), console, warmUp).run();
        last.accept(context);
        var time = Duration.between(startedAt, Instant.now());
        takeRollouts();
        state.ready(time);
        learns = mayLearn;
        return time;
    }

    private void takeRollouts() {
        closing.lock();
        try {
            if (!closed) {
                rollouts = RolloutServer.open(context.home(), replicas, console, state::rolling);
            }
        } finally {
            closing.unlock();
        }
    }

    public Context context() {
        return context;
    }

    public PlatformState state() {
        return state.current().measured();
    }

    /** The same without the memory of the processes, which costs a look at each of them. */
    public PlatformState processes() {
        return state.current();
    }

    /** @param work done when the platform is told to stop, before it stops anything */
    public void beforeStop(Runnable work) {
        beforeStop = work;
    }

    /** Leaves the learning out of {@link #close}: the caller has something to say first, and calls {@link #learn}. */
    public void learnsLater() {
        learnsLater = true;
    }

    /** After the stop: keeps what the services have learnt, once for each build. */
    public void learn() {
        learn(() -> {});
    }

    private void learn(Runnable begins) {
        if (learns) new Learning(new Training(context.home(), jvm), console).keep(begins);
    }

    /** Safe to call from a shutdown hook while the start still goes on; the second call waits for the first. */
    @Override
    public void close() {
        closing.lock();
        try {
            if (!closed) {
                closed = true;
                state.phase("STOPPING");
                beforeStop.run();
                if (rollouts != null) rollouts.close();
                supervisor.stop();
                if (!learnsLater) learn(() -> state.phase("LEARNING"));
                reaper.close();
                stateFile.remove();
                console.close();
            }
        } finally {
            closing.unlock();
        }
    }
}
