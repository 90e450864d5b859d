package com.flashsale.catalog.reading;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;

/**
 * A cache with one database read per key and second. All readers that miss wait for the same read and share its result
 * or its failure. When the database is down, a thousand readers learn it after one time-out, not one after another.
 */
public final class ReadCache<K, V> {

    private final AsyncLoadingCache<K, V> cache;
    private final CacheSettings settings;

    private ReadCache(AsyncLoadingCache<K, V> cache, CacheSettings settings) {
        this.cache = cache;
        this.settings = settings;
    }

    /**
     * @param name tag of the cache's metrics
     * @param bytes about how much heap an entry takes besides the cache's own part
     */
    public record Definition<K, V>(String name, Function<K, V> read, ToIntBiFunction<K, V> bytes) {

        /** The cache's node, the future in it, and a key of fixed size. */
        private static final int OVERHEAD_BYTES = 256;

        public ReadCache<K, V> build(CacheSettings settings, MeterRegistry meters) {
            Executor perRead = task -> Thread.ofVirtual().name("read-" + name).start(task);
            AsyncLoadingCache<K, V> cache = Caffeine.newBuilder()
                    .expireAfterWrite(settings.ttl())
                    .maximumWeight(settings.bytes())
                    .weigher((K key, V value) -> OVERHEAD_BYTES + bytes.applyAsInt(key, value))
                    .executor(perRead)
                    // With an executor of ours, Caffeine evicts only on the next call unless it has a scheduler:
                    // what a crowd left above the bound stayed in the heap for as long as no reader came.
                    .scheduler(Scheduler.systemScheduler())
                    .recordStats()
                    .buildAsync(read::apply);
            CaffeineCacheMetrics.monitor(meters, cache, name);
            return new ReadCache<>(cache, settings);
        }
    }

    public V get(K key) {
        try {
            return cache.get(key).get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(failed);
        } catch (TimeoutException late) {
            throw busy();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    /**
     * Forgets a value after a change by this process, so that the caller who made it sees it. Other replicas see it
     * when their copy expires, after a second at most.
     */
    public void forget(K key) {
        cache.synchronous().invalidate(key);
    }

    public void forgetAll() {
        cache.synchronous().invalidateAll();
    }

    private static ProblemException busy() {
        return new ProblemException(ProblemTypes.OVERLOADED, "Reading takes too long at the moment.");
    }
}
