package com.flashsale.gateway.token;

import com.flashsale.gateway.token.Caller.Known;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The callers whose tokens were verified or asked for last, by the hash of the token. Two generations: when the young one is full it becomes
 * the old one, and whoever is asked for again is young again. A cache that weighs how often (W-TinyLFU, Einziger et al., 2017) keeps those
 * who were here yesterday and forgets each customer of this minute: a crowd comes once, joins, looks and orders. Holds twice the size at
 * most.
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
        if (young.mappingCount() <= size) return; // somebody else was first
        old = young;
        young = new ConcurrentHashMap<>();
    }
}
