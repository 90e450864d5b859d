package com.flashsale.local.rollout;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.client.topology.Services;
import com.flashsale.local.console.PlatformConsole;
import com.flashsale.local.service.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Takes requests while the platform runs, one after the other, and remembers for each service the release before. */
public final class RolloutServer implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration LONGEST_END = Duration.ofSeconds(60);

    private final Home home;
    private final RunningReplicas replicas;
    private final PlatformConsole console;
    private final Consumer<Boolean> rolling;
    private final FileRequestQueue queue;
    private final Map<ServiceSpec, Release> before = new HashMap<>();
    private final Thread thread;

    private RolloutServer(Home home, RunningReplicas replicas, PlatformConsole console, Consumer<Boolean> rolling) {
        this.home = home;
        this.replicas = replicas;
        this.console = console;
        this.rolling = rolling;
        this.queue = new FileRequestQueue(home);
        this.thread = Thread.ofVirtual().name("rollout-server").unstarted(this::serve);
    }

    /** @param rolling is told when a rollout begins and ends */
    public static RolloutServer open(
            Home home, RunningReplicas replicas, PlatformConsole console, Consumer<Boolean> rolling) {
        var server = new RolloutServer(home, replicas, console, rolling);
        try {
            server.queue.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.thread.start();
        return server;
    }

    private void serve() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var taken = queue.take();
                if (taken.isPresent()) {
                    answer(taken.get());
                } else {
                    Thread.sleep(LOOK_EVERY);
                }
            }
        } catch (IOException e) {
            console.say("rollout", "no more requests are taken: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(FileRequestQueue.Taken taken) throws IOException {
        boolean isRollout = !taken.request().restart();
        if (isRollout) rolling.accept(true);
        try {
            if (isRollout) roll(taken);
            else restart(taken);
            queue.finish(taken.name(), new Request.Result(ExitCode.OK, "Done."));
        } catch (ToolException refused) {
            console.say("rollout", String.valueOf(refused.getMessage()));
            queue.finish(taken.name(), new Request.Result(refused.exitCode(), refused.text()));
        } catch (RuntimeException unforeseen) {
            console.say("rollout", unforeseen.toString());
            queue.finish(taken.name(), new Request.Result(ExitCode.START_FAILED, unforeseen.toString()));
        } finally {
            if (isRollout) rolling.accept(false);
        }
    }

    /** Restarts one after the other, so that the other replicas of a service go on. */
    private void restart(FileRequestQueue.Taken taken) {
        var name = taken.request().service();
        var ids = replicas.called(name);
        if (ids.isEmpty()) throw ToolException.usage("nothing here is called " + name);
        for (var id : ids) {
            tell(taken.name(), id + ": is started again");
            replicas.restart(id);
            tell(taken.name(), id + ": is ready");
        }
    }

    private void roll(FileRequestQueue.Taken taken) {
        var service = requireRollable(taken.request().service());
        var now = replicas.releaseIn(replicas.of(service).getFirst());
        var next = wanted(service, taken.request());
        if (next.version().equals(now.version())) {
            throw ToolException.usage(service.name() + " runs " + next.version() + " already");
        }
        try {
            new Rollout(replicas, service, next, line -> tell(taken.name(), line)).run();
        } finally {
            // also when only the spare replica could not be ended: there is something to go back to
            if (replicas.of(service).stream()
                    .limit(1)
                    .anyMatch(it -> replicas.releaseIn(it).equals(next))) {
                before.put(service, now);
            }
        }
    }

    private Release wanted(ServiceSpec service, Request request) {
        var jar = request.jar();
        if (jar != null) {
            return Release.of(service, Path.of(jar), home, request.readyWithin());
        }
        var last = before.get(service);
        if (last == null) {
            throw ToolException.usage(service.name() + " has run nothing else since this platform was started");
        }
        return last;
    }

    /**
     * Only a service that callers find by the registry can have a second replica beside it: the others have one fixed
     * address.
     */
    static ServiceSpec requireRollable(String name) {
        var service = Services.named(name).orElseThrow(() -> ToolException.usage("there is no service named " + name));
        if (!Services.isFoundByRegistry(service)) {
            throw ToolException.usage(
                    name + " has one fixed address on this machine, so no second replica can run beside it");
        }
        return service;
    }

    private void tell(String name, String line) {
        console.say("rollout", line);
        try {
            queue.tell(name, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks off a rollout that is under way. Returns when no more changes happen. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LONGEST_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
