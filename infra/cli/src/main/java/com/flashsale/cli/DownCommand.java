package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.platform.StateFile;
import com.flashsale.engines.ProcessIdentity;
import com.flashsale.local.platform.StaleStateCleaner;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Asks the supervisor to stop everything, waits, and looks that nothing is left. */
@Command(name = "down", description = "Stop everything that 'up' started here.", mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

    /** Services end within 25 s, engines within 20 s, in three waves that are usually far quicker. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    /** On two busy cores a service takes a quarter of a minute. */
    private static final Duration LEARNING_PATIENCE = Duration.ofMinutes(5);

    /** After a kill the reaper gives the children 10 s. */
    private static final Duration SENTINEL_PATIENCE = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var home = Home.ofThisRun();
        var running = new StateFile(home).running();
        if (running.isEmpty()) {
            var ended = new StaleStateCleaner(home).endProcesses();
            out.println(ended.isEmpty() ? "Nothing runs here." : "Ended what a crashed run had left: " + ended);
            return ExitCode.OK;
        }
        var supervisor = running.get().supervisorProcess().orElseThrow();
        ProcessHandle.of(supervisor.pid()).ifPresent(ProcessHandle::destroy);
        if (!hasStopped(home, supervisor, out)) {
            out.println("The supervisor did not stop in time and is killed.");
            ProcessHandle.of(supervisor.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
        if (!awaitEnd(running.get().children(), SENTINEL_PATIENCE)) {
            new StaleStateCleaner(home).endProcesses();
        }
        var left = running.get().children().stream()
                .filter(ProcessIdentity::isAlive)
                .toList();
        if (!left.isEmpty()) {
            throw ToolException.startFailed("Some processes do not end: " + left, List.of());
        }
        out.println("Stopped. Nothing is left running.");
        return ExitCode.OK;
    }

    /** After the first run of a build the supervisor keeps what the services have learnt, which takes longer. */
    private static boolean hasStopped(Home home, ProcessIdentity supervisor, PrintWriter out)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean learning = false;
        while (supervisor.isAlive() && System.nanoTime() < deadline) {
            if (!learning && isLearning(home)) {
                learning = true;
                deadline = System.nanoTime() + LEARNING_PATIENCE.toNanos();
                out.println("All services have stopped. What they learnt is kept for the next start, once a build.");
                out.flush();
            }
            Thread.sleep(LOOK_EVERY);
        }
        return !supervisor.isAlive();
    }

    private static boolean isLearning(Home home) {
        return new StateFile(home)
                .running()
                .filter(state -> state.state().equals("LEARNING"))
                .isPresent();
    }

    private static boolean awaitEnd(List<ProcessIdentity> processes, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        var left = new ArrayList<>(processes);
        left.removeIf(process -> !process.isAlive());
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_EVERY);
            left.removeIf(process -> !process.isAlive());
        }
        return left.isEmpty();
    }
}
