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
    private final ConcurrentLinkedQueue<CustomerResult> results = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final long released;

    private Crowd(int customers, long released) {
        this.customers = customers;
        this.told = new CountDownLatch(customers);
        this.released = released;
    }

    /** Account n gets profile n. */
    public static Crowd release(Shop shop, List<Account> accounts, Population population, Duration patience) {
        var crowd = new Crowd(accounts.size(), System.nanoTime());
        for (int i = 0; i < accounts.size(); i++) {
            var account = accounts.get(i);
            var profile = population.profiles().get(i);
            crowd.threads.add(Thread.ofVirtual()
                    .name("customer-" + i)
                    .start(() -> crowd.visit(shop, account, profile, patience)));
        }
        return crowd;
    }

    private void visit(Shop shop, Account account, CustomerProfile profile, Duration patience) {
        var customer = new Customer(shop, account, profile, patience);
        var ending = customer.visit();
        results.add(new CustomerResult(
                profile, ending, sinceRelease(), customer.steps().times()));
        shop.counters().ended(ending.word());
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

    public List<CustomerResult> results() {
        return List.copyOf(results);
    }

    /** Sends the remaining customers home. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
