package com.flashsale.launcher.crowd;

import java.util.concurrent.Semaphore;

/** So many customers push at the same time, in the order in which they came: those behind them cost no more than their place. */
final class Doorway {

    private final Semaphore room;

    Doorway(int people) {
        this.room = new Semaphore(people, true);
    }

    interface Push<T> {
        T push() throws InterruptedException;
    }

    <T> T pass(Push<T> push) throws InterruptedException {
        room.acquire();
        try {
            return push.push();
        } finally {
            room.release();
        }
    }
}
