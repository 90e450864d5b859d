package com.flashsale.platform.mechanism;

import com.flashsale.platform.loadtest.LoadRunPurged;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What a service that keeps things in memory is told. */
@Component
class PurgedRuns {

    final Set<String> told = ConcurrentHashMap.newKeySet();

    @EventListener
    void on(LoadRunPurged purged) {
        told.add(purged.run());
    }
}
