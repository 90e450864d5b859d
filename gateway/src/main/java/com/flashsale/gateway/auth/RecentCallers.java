package com.flashsale.gateway.auth;

import com.flashsale.gateway.auth.Caller.Known;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The most recent callers with a verified token, by the hash of the token. There are two generations: when the young
 * one is full it becomes the old one, and a caller found in the old one is young again. Holds twice the size at most.
 *
 * <p>A cache that weighs frequency (W-TinyLFU, Einziger et al., 2017) keeps yesterday's callers and forgets each
 * customer of this minute: a customer of a crowd comes once, joins, looks and orders.
 */
final class RecentCallers {

    private final int size;
    private volatile ConcurrentHashMap<String, Known> young = new ConcurrentHashMap<>();
    private volatile ConcurrentHashMap<String, Known> old = new ConcurrentHashMap<>();

    RecentCallers(int size) {
        this.size = size;
    }

    @Nullable
    Known find(String hash) {
        var known = young.get(hash);
        if (known != null) return known;
        var before = old.get(hash);
        if (before != null) remember(hash, before);
        return before;
    }

    void remember(String hash, Known caller) {
        young.put(hash, caller);
        if (young.mappingCount() > size) turn();
    }

    private synchronized void turn() {
        if (young.mappingCount() <= size) return; // another thread was first
        old = young;
        young = new ConcurrentHashMap<>();
    }
}
