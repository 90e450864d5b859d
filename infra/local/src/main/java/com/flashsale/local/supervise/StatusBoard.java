package com.flashsale.local.supervise;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The state of all resources. Every change is told to the listeners, one at a time and in order. */
public final class StatusBoard {

    /** Told of a change, with the state of all after it. */
    public interface Listener {
        void changed(ResourceStatus resource, List<ResourceStatus> all);
    }

    private final Map<String, ResourceStatus> statuses = new LinkedHashMap<>();
    private final List<Listener> listeners;

    public StatusBoard(Collection<String> ids, List<Listener> listeners) {
        ids.forEach(id -> statuses.put(id, ResourceStatus.waiting(id)));
        this.listeners = List.copyOf(listeners);
    }

    synchronized void change(String id, UnaryOperator<ResourceStatus> change) {
        var before = statuses.getOrDefault(id, ResourceStatus.waiting(id));
        var after = change.apply(before);
        if (!after.equals(before)) {
            statuses.put(id, after);
            var all = all();
            listeners.forEach(listener -> listener.changed(after, all));
        }
    }

    /** It has stopped for good; the next change shows the listeners the others only. */
    synchronized void forget(String id) {
        statuses.remove(id);
    }

    public synchronized List<ResourceStatus> all() {
        return List.copyOf(statuses.values());
    }
}
