package com.flashsale.platform.mechanism;

import com.flashsale.platform.loadtest.LoadRunPurged;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The purged runs that this service was told of, as a service with data in memory needs them. */
@Component
class PurgedRuns {

    final Set<String> told = ConcurrentHashMap.newKeySet();

    @EventListener
    void on(LoadRunPurged purged) {
        told.add(purged.run());
    }
}
