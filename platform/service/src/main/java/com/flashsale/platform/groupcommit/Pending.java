package com.flashsale.platform.groupcommit;

import com.flashsale.platform.observability.WorkContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** A command in the queue. Exactly one of the worker (takes it) and its caller (withdraws it) wins. */
final class Pending<C, R> {

    private enum State {
        QUEUED,
        TAKEN,
        WITHDRAWN
    }

    final C command;
    final WorkContext origin = WorkContext.current();
    final long since = System.nanoTime();
    final CompletableFuture<R> outcome = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);

    Pending(C command) {
        this.command = command;
    }

    boolean take() {
        return state.compareAndSet(State.QUEUED, State.TAKEN);
    }

    boolean withdraw() {
        return state.compareAndSet(State.QUEUED, State.WITHDRAWN);
    }
}
