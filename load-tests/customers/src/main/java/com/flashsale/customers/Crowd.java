package com.flashsale.customers;

import com.flashsale.client.api.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Many customers who want the same thing, let loose at one moment. */
public final class Crowd implements AutoCloseable {

    private final int customers;
    private final CountDownLatch told;
    private final ConcurrentLinkedQueue<Visit> visits = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final long released;

    private Crowd(int customers, long released) {
        this.customers = customers;
        this.told = new CountDownLatch(customers);
        this.released = released;
    }

    /** Each account plays the role of the same place in the cast. */
    public static Crowd release(Shop shop, List<Account> accounts, Cast cast, Duration patience) {
        var crowd = new Crowd(accounts.size(), System.nanoTime());
        for (int i = 0; i < accounts.size(); i++) {
            var account = accounts.get(i);
            var role = cast.roles().get(i);
            crowd.threads.add(
                    Thread.ofVirtual().name("customer-" + i).start(() -> crowd.visit(shop, account, role, patience)));
        }
        return crowd;
    }

    private void visit(Shop shop, Account account, Role role, Duration patience) {
        var customer = new Customer(shop, account, role, patience);
        var ending = customer.visit();
        visits.add(new Visit(role, ending, sinceRelease(), customer.steps().times()));
        shop.tally().ended(ending.word());
        told.countDown();
    }

    public Duration sinceRelease() {
        return Duration.ofNanos(System.nanoTime() - released);
    }

    public int customers() {
        return customers;
    }

    public boolean allTold() {
        return told.getCount() == 0;
    }

    /** True as soon as every customer knows how it ended. */
    public boolean awaitAll(Duration patience) throws InterruptedException {
        return told.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    public List<Visit> visits() {
        return List.copyOf(visits);
    }

    /** Sends the remaining customers home. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
