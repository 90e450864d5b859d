package com.flashsale.gateway;

import static org.awaitility.Awaitility.await;

import io.netty.util.HashedWheelTimer;
import io.netty.util.LeakPresenceDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Counts each allocated buffer of Netty until its release, so that a leak fails the test that causes it. Netty's usual
 * detector sees a sample of the buffers, and only after a garbage collection. Netty creates this class by the system
 * property {@code io.netty.customResourceLeakDetector}, which the module's pom sets.
 */
public final class OpenBuffers<T> extends LeakPresenceDetector<T> {

    /** Connections that close after the response of a test release their buffers late, on a busy machine much later. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration OFTEN = Duration.ofMillis(5);

    /** The Redis client keeps a read buffer for each connection, and a timer lives as long as the process. */
    private static final ResourceScope LASTING = new ResourceScope("lasting");

    private static final String REDIS_THREAD = "lettuce-";

    private static volatile ResourceScope counted = new ResourceScope("buffers");

    private final boolean isTimer;

    public OpenBuffers(Class<?> resource, int samplingInterval) {
        super(resource);
        isTimer = resource == HashedWheelTimer.class;
    }

    /** Netty's factory looks for this constructor too, and logs an error without it. */
    public OpenBuffers(Class<?> resource, int samplingInterval, long maxActive) {
        this(resource, samplingInterval);
    }

    @Override
    protected ResourceScope currentScope() {
        return isTimer || Thread.currentThread().getName().startsWith(REDIS_THREAD) ? LASTING : counted;
    }

    /**
     * Waits until all buffers are released. A buffer that leaks does not count again after the failure.
     *
     * @throws AssertionError after a minute
     */
    static void awaitNone() {
        awaitNone(PATIENCE);
    }

    static void awaitNone(Duration patience) {
        if (!isInUse()) throw new AssertionError("Set io.netty.customResourceLeakDetector as the pom does.");
        if (!counted.hasOpenResources()) return;
        try {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(OFTEN)
                    .atMost(patience)
                    .until(() -> !counted.hasOpenResources());
        } catch (ConditionTimeoutException late) {
            throw leak(late);
        }
    }

    private static boolean isInUse() {
        return ResourceLeakDetectorFactory.instance().newResourceLeakDetector(Object.class) instanceof OpenBuffers;
    }

    private static AssertionError leak(Throwable late) {
        try {
            check();
            return new AssertionError("A buffer was released late.", late);
        } catch (IllegalStateException stacks) {
            return new AssertionError("A buffer is not released.", stacks);
        } finally {
            // a late release must not count against the next test
            counted = new ResourceScope("buffers");
        }
    }
}
