package com.flashsale.load.workload;

import com.flashsale.client.ToolException;
import com.flashsale.client.platform.PlatformState.Service;
import com.flashsale.client.platform.StateFile;
import com.flashsale.reports.result.WarmUpCurve;
import com.flashsale.reports.result.WarmUpReport;
import com.flashsale.reports.result.WarmUpReport.Restart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A workload during which one replica is killed, as {@code kill -9} does. The supervisor of the platform starts it
 * again, and the state file says when it is ready.
 */
public final class KillDuring implements Workload {

    private static final long LOOK_MILLIS = 100;

    /** As long as the supervisor waits for a start. */
    private static final Duration LONGEST_RESTART = Duration.ofMinutes(5);

    private final Workload workload;
    private final StateFile file;
    private final String replica;
    private final Duration after;
    private volatile double killed;
    private volatile double ready;

    /**
     * @param replica its id, or the name of a service with one replica
     * @param after from the start of the run to the kill
     */
    public KillDuring(Workload workload, StateFile file, String replica, Duration after) {
        this.workload = workload;
        this.file = file;
        this.replica = replica;
        this.after = after;
        if (service().flatMap(KillDuring::process).isEmpty()) {
            throw ToolException.prerequisite("No process of " + replica + " runs here; see ./flashsale status");
        }
    }

    @Override
    public String name() {
        return workload.name();
    }

    @Override
    public Prepared prepare(TestRun testRun, int visitors) throws InterruptedException {
        var prepared = workload.prepare(testRun, visitors);
        return new Prepared(prepared.sale(), prepared.orders(), run -> {
            var visits = prepared.visits().in(run);
            Thread.ofVirtual().name("kill").start(() -> kill(run.start()));
            return visits;
        });
    }

    private void kill(long start) {
        try {
            TimeUnit.NANOSECONDS.sleep(start + after.toNanos() - System.nanoTime());
            var process = service().flatMap(KillDuring::process).orElseThrow();
            process.destroyForcibly();
            killed = seconds(start);
            long deadline = System.nanoTime() + LONGEST_RESTART.toNanos();
            while (!isReadyAgain(process.pid())) {
                if (System.nanoTime() > deadline) return;
                Thread.sleep(LOOK_MILLIS);
            }
            ready = seconds(start);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReadyAgain(long before) {
        return service()
                .filter(service -> service.state().equals("READY"))
                .flatMap(KillDuring::process)
                .filter(process -> process.pid() != before)
                .isPresent();
    }

    private Optional<Service> service() {
        return file.running().stream()
                .flatMap(state -> state.services().stream())
                .filter(service ->
                        service.id().equals(replica) || service.name().equals(replica))
                .findFirst();
    }

    private static Optional<ProcessHandle> process(Service service) {
        var pid = service.pid();
        return pid == null ? Optional.empty() : ProcessHandle.of(pid);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** The kill, and the effect of it that the run's curves show. */
    public Restart restart(List<WarmUpCurve> curves) {
        return new Restart(
                replica,
                killed,
                ready == 0 ? null : ready,
                curves.stream()
                        .map(curve -> WarmUpReport.recovery(curve, killed))
                        .toList());
    }
}
