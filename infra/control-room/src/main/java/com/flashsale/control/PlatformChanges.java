package com.flashsale.control;

import com.flashsale.client.platform.PlatformState;
import com.flashsale.control.live.Marker.Kind;
import com.flashsale.control.live.Timeline;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts changes of processes on the time line: an end, a new start, a replica that comes or goes. */
final class PlatformChanges {

    private static final String READY = "READY";

    private final Timeline timeline;
    private @Nullable Map<String, String> before;
    private String overall = "";

    PlatformChanges(Timeline timeline) {
        this.timeline = timeline;
    }

    void look(PlatformState state) {
        var now = new HashMap<String, String>();
        state.engines().forEach(engine -> now.put(engine.name(), engine.state()));
        state.services().forEach(service -> now.put(service.id(), service.state()));
        var known = before;
        before = now;
        if (known != null) {
            now.forEach((id, is) -> tell(id, known.getOrDefault(id, "WAITING"), is));
            known.keySet().stream()
                    .filter(id -> !now.containsKey(id))
                    .forEach(id -> timeline.add(Kind.PROCESS, id + " was stopped"));
        }
        if (state.state().equals(READY) && overall.equals("STARTING")) {
            timeline.add(Kind.PROCESS, "The platform is ready");
        }
        overall = state.state();
    }

    private void tell(String id, String was, String is) {
        if (was.equals(is)) return;
        switch (is) {
            case READY -> timeline.add(Kind.PROCESS, id + " is ready");
            case "RESTARTING" -> timeline.add(Kind.PROCESS, id + " has ended and is started again", true);
            case "SILENT" -> timeline.add(Kind.PROCESS, id + " does not answer", true);
            case "FAILED" -> timeline.add(Kind.PROCESS, id + " cannot start", true);
            default -> {
                // waiting, starting and stopping are steps on the way to one of the states above
            }
        }
    }
}
