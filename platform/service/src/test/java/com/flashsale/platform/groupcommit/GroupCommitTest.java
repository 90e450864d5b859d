package com.flashsale.platform.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.platform.groupcommit.GroupCommit.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.QueryTimeoutException;

@Timeout(20)
class GroupCommitTest {

    final List<Integer> batchSizes = new CopyOnWriteArrayList<>();
    final CountDownLatch firstBatchRuns = new CountDownLatch(1);
    final CountDownLatch letFirstBatchEnd = new CountDownLatch(1);

    @Test
    void each_caller_gets_its_own_outcome() throws Exception {
        try (var group = group(100, 1_000, this::doubled);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = IntStream.range(0, 500)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> group.submit(i), callers))
                    .toList();
            for (int i = 0; i < 500; i++) {
                assertThat(outcomes.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(2 * i);
            }
        }
        assertThat(batchSizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(500);
    }

    @Test
    void commands_that_gather_while_a_batch_is_written_go_into_the_next_one() throws Exception {
        try (var group = group(100, 1_000, this::firstBlocks);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.supplyAsync(() -> group.submit(0), callers);
            firstBatchRuns.await();
            var others = IntStream.range(1, 51)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> group.submit(i), callers))
                    .toList();
            awaitDepth(group, 50);
            letFirstBatchEnd.countDown();
            first.get(5, TimeUnit.SECONDS);
            for (var other : others) other.get(5, TimeUnit.SECONDS);
        }
        assertThat(batchSizes).containsExactly(1, 50);
    }

    @Test
    void under_load_a_batch_waits_for_more_commands_and_after_a_pause_it_begins_at_once() throws Exception {
        var pace = Duration.ofSeconds(2);
        var settings = new Settings(100, 1_000, Duration.ofSeconds(10), pace);
        try (var group = new GroupCommit<>("test", settings, registry, this::doubled);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var began = System.nanoTime();
            group.submit(0);
            var others = IntStream.range(1, 21)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> group.submit(i), callers))
                    .toList();
            for (var other : others) other.get(10, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(pace);
        }
        assertThat(batchSizes).containsExactly(1, 20);
    }

    @Test
    void a_bad_command_fails_alone() throws Exception {
        try (var group = group(100, 1_000, this::thirteenFails);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = IntStream.range(0, 30)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> group.submit(i), callers))
                    .toList();
            for (int i = 0; i < 30; i++) {
                var outcome = outcomes.get(i);
                if (i == 13) assertThatThrownBy(outcome::join).hasRootCauseMessage("thirteen");
                else assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo(2 * i);
            }
        }
    }

    @Test
    void a_full_queue_refuses_at_once_and_nothing_is_done() throws Exception {
        try (var group = group(10, 2, this::firstBlocks);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.supplyAsync(() -> group.submit(0), callers);
            firstBatchRuns.await();
            var waiting = IntStream.range(1, 3)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> group.submit(i), callers))
                    .toList();
            awaitDepth(group, 2);
            assertThatThrownBy(() -> group.submit(99)).isInstanceOf(OverloadedException.class);
            letFirstBatchEnd.countDown();
            first.get(5, TimeUnit.SECONDS);
            for (var one : waiting) one.get(5, TimeUnit.SECONDS);
        }
        assertThat(batchSizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
    }

    @Test
    void a_command_that_waited_too_long_is_taken_back_and_never_done() throws Exception {
        var settings = new Settings(10, 10, Duration.ofMillis(100), Duration.ZERO);
        try (var group = new GroupCommit<>("test", settings, new SimpleMeterRegistry(), this::firstBlocks);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.supplyAsync(() -> group.submit(0), callers);
            firstBatchRuns.await();
            assertThatThrownBy(() -> group.submit(1)).isInstanceOf(OverloadedException.class);
            letFirstBatchEnd.countDown();
            assertThat(first.get(5, TimeUnit.SECONDS)).isZero();
        }
        assertThat(batchSizes).containsExactly(1);
    }

    @Test
    void a_lost_database_fails_all_at_once_instead_of_one_by_one() throws Exception {
        try (var group = group(100, 1_000, this::databaseIsAway);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = IntStream.range(0, 30)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> group.submit(i), callers))
                    .toList();
            for (var outcome : outcomes) {
                assertThatThrownBy(outcome::join).hasRootCauseInstanceOf(QueryTimeoutException.class);
            }
        }
        assertThat(batchSizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(30);
    }

    @Test
    void a_caller_waits_less_than_the_gateway_and_is_told_that_the_outcome_is_not_known() throws Exception {
        var settings = new Settings(10, 10, Duration.ofMillis(100), Duration.ZERO);
        try (var group = new GroupCommit<>("test", settings, new SimpleMeterRegistry(), this::firstBlocks)) {
            assertThatThrownBy(() -> group.submit(0)).isInstanceOf(OutcomeUnknownException.class);
            letFirstBatchEnd.countDown();
        }
        assertThat(batchSizes).as("done all the same").containsExactly(1);
    }

    private List<Integer> databaseIsAway(List<Integer> commands) {
        batchSizes.add(commands.size());
        throw new QueryTimeoutException("simulated");
    }

    private GroupCommit<Integer, Integer> group(
            int maxBatch, int capacity, Function<List<Integer>, List<Integer>> commit) {
        return new GroupCommit<>(
                "test", new Settings(maxBatch, capacity, Duration.ofSeconds(10), Duration.ZERO), registry, commit);
    }

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private void awaitDepth(GroupCommit<Integer, Integer> group, int depth) throws InterruptedException {
        assertThat(group).isNotNull();
        while (registry.get("group.commit.depth").gauge().value() < depth) Thread.onSpinWait();
    }

    private List<Integer> doubled(List<Integer> commands) {
        batchSizes.add(commands.size());
        return commands.stream().map(i -> 2 * i).toList();
    }

    private List<Integer> thirteenFails(List<Integer> commands) {
        if (commands.contains(13)) throw new IllegalStateException("thirteen");
        return doubled(commands);
    }

    private List<Integer> firstBlocks(List<Integer> commands) {
        if (commands.contains(0)) {
            firstBatchRuns.countDown();
            try {
                if (!letFirstBatchEnd.await(10, TimeUnit.SECONDS)) throw new IllegalStateException("never released");
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
        return doubled(commands);
    }
}
