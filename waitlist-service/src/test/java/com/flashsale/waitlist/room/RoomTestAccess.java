package com.flashsale.waitlist.room;

import com.flashsale.platform.test.simulation.SimulatedService;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.util.ReflectionTestUtils;

/** The access of a simulation to a replica's rooms and their clock. */
public final class RoomTestAccess {

    private static final Duration A_LITTLE = Duration.ofSeconds(2);

    private RoomTestAccess() {}

    /** Stands still during an action, however long this machine takes for it. */
    private static final class StandingClock extends MonotonicClock {
        private volatile long nanos;

        @Override
        public long nanos() {
            return nanos;
        }
    }

    /** For a replica of the simulation. */
    @TestConfiguration(proxyBeanMethods = false)
    public static class Time {
        @Bean
        @Primary
        MonotonicClock standingClock() {
            return new StandingClock();
        }
    }

    /** Lets time pass, so that a replica may repeat actions that have a limit per time. */
    public static void passALittleTime(SimulatedService service) {
        ((StandingClock) service.bean(MonotonicClock.class)).nanos += A_LITTLE.toNanos();
    }

    /** Makes a replica forget all rooms, by reflection, as if it was just started. */
    public static void forget(SimulatedService service) {
        clear(service.bean(RoomRowCache.class), "kept");
        clear(service.bean(RoomTicker.class), "times");
    }

    private static void clear(Object bean, String map) {
        if (!(ReflectionTestUtils.getField(bean, map) instanceof Map<?, ?> known)) {
            throw new IllegalStateException("no map " + map + " in " + bean);
        }
        known.clear();
    }
}
