package com.flashsale.customers;

import java.util.concurrent.Semaphore;

/**
 * The customers that push at the same time, a limited number in the order of their arrival. The customers behind them
 * cost no more than their place.
 */
final class Bulkhead {

    private final Semaphore room;

    Bulkhead(int people) {
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
