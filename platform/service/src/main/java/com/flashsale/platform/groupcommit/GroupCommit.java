package com.flashsale.platform.groupcommit;

import com.flashsale.platform.database.DatabaseFailures;
import com.flashsale.platform.observability.SharedWork;
import com.flashsale.platform.time.BatchPacer;
import com.flashsale.platform.time.MachineLoad;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Commits the commands of many callers in one transaction, or another call that is atomic. While one batch is written
 * the next one gathers, so the batch grows with the load and a single caller waits for no other. Under load a pace
 * keeps batches apart, so that each holds more. One worker suffices: in measurements a second one gained nothing, since
 * both wait for the same disk.
 *
 * <p>Each caller gets its own outcome. When a batch fails, its commands are tried one at a time, so that a bad one
 * fails alone. When the database is the reason, all fail at once.
 */
public final class GroupCommit<C, R> implements AutoCloseable {

    /**
     * @param maxBatch commands per transaction
     * @param queueCapacity commands that may wait; the next one is refused
     * @param maxWait how long a command may wait to be taken up
     * @param pace the least time between the beginnings of two batches, up to twice as long on a busy machine: a batch
     *     of five costs little more than a batch of one
     */
    public record Settings(int maxBatch, int queueCapacity, Duration maxWait, Duration pace) {}

    /**
     * The longest wait for the outcome of a command after the wait in the queue; both together are shorter than the
     * gateway's timeout. After it the outcome is unknown, and the caller asks again.
     */
    private static final Duration OUTCOME_LIMIT = Duration.ofMillis(2_500);

    /** Above any statement timeout. */
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(15);

    private final String name;
    private final Settings settings;
    private final Function<List<C>, List<R>> commit;
    private final BlockingQueue<Pending<C, R>> queue;
    private final Timer wait;
    private final DistributionSummary batchSize;
    private final Thread worker;
    private volatile boolean running = true;

    /**
     * @param commit writes all commands in one transaction and returns their outcomes in the same order; a refusal is
     *     an outcome
     */
    public GroupCommit(String name, Settings settings, MeterRegistry meters, Function<List<C>, List<R>> commit) {
        this.name = name;
        this.settings = settings;
        this.commit = commit;
        this.queue = new ArrayBlockingQueue<>(settings.queueCapacity());
        this.wait = Timer.builder("group.commit.wait").tag("queue", name).register(meters);
        this.batchSize = DistributionSummary.builder("group.commit.batch")
                .tag("queue", name)
                .register(meters);
        Gauge.builder("group.commit.depth", queue, BlockingQueue::size)
                .tag("queue", name)
                .register(meters);
        this.worker = Thread.ofPlatform().name("group-commit-" + name).daemon().start(this::work);
    }

    /**
     * Waits for this command's outcome. Throws what the commit threw for it, {@link OverloadedException} or
     * {@link OutcomeUnknownException}.
     */
    public R submit(C command) {
        var pending = new Pending<C, R>(command);
        if (!running || !queue.offer(pending)) throw new OverloadedException("the queue " + name + " is full");
        try {
            return outcomeOf(pending);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new OverloadedException("interrupted in the queue " + name);
        }
    }

    private R outcomeOf(Pending<C, R> pending) throws InterruptedException {
        try {
            return pending.outcome.get(settings.maxWait().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException waitedLong) {
            if (pending.withdraw()) throw new OverloadedException("waited too long in the queue " + name);
            return outcomeOfTaken(pending);
        } catch (ExecutionException failed) {
            throw asRuntime(failed);
        }
    }

    private R outcomeOfTaken(Pending<C, R> pending) throws InterruptedException {
        try {
            return pending.outcome.get(OUTCOME_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException stuck) {
            throw new OutcomeUnknownException("commit of " + name + " takes longer than " + OUTCOME_LIMIT);
        } catch (ExecutionException failed) {
            throw asRuntime(failed);
        }
    }

    private static RuntimeException asRuntime(ExecutionException failed) {
        return failed.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(failed.getCause());
    }

    private void work() {
        var gathered = new ArrayList<Pending<C, R>>(settings.maxBatch());
        var pace = new BatchPacer(settings.pace(), MachineLoad.shared()::stretch);
        while (running || !queue.isEmpty()) {
            try {
                var first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) continue;
                gathered.add(first);
                pace.await(() -> queue.size() >= settings.maxBatch() - 1);
                queue.drainTo(gathered, settings.maxBatch() - 1);
                write(gathered.stream().filter(Pending::take).toList());
            } catch (InterruptedException ignoredUntilDrained) {
                running = false;
            } finally {
                gathered.clear();
            }
        }
    }

    private void write(List<Pending<C, R>> batch) {
        if (batch.isEmpty()) return;
        var now = System.nanoTime();
        batch.forEach(pending -> wait.record(now - pending.since, TimeUnit.NANOSECONDS));
        batchSize.record(batch.size());
        try (var _ = SharedWork.open(
                name + " batch", batch.stream().map(pending -> pending.origin).toList())) {
            complete(
                    batch,
                    commit.apply(batch.stream().map(pending -> pending.command).toList()));
        } catch (RuntimeException | Error failure) {
            if (batch.size() == 1 || DatabaseFailures.isInfrastructure(failure)) {
                batch.forEach(pending -> pending.outcome.completeExceptionally(failure));
            } else {
                batch.forEach(pending -> write(List.of(pending)));
            }
        }
    }

    private void complete(List<Pending<C, R>> batch, List<R> outcomes) {
        if (outcomes.size() != batch.size()) throw new IllegalStateException("one outcome for each command of " + name);
        for (int i = 0; i < batch.size(); i++) batch.get(i).outcome.complete(outcomes.get(i));
    }

    /** Takes no more commands and finishes those that wait. */
    @Override
    public void close() {
        running = false;
        try {
            worker.join(COMMIT_LIMIT);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
