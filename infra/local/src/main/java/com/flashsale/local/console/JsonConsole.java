package com.flashsale.local.console;

import com.flashsale.client.Json;
import com.flashsale.local.supervise.ResourceStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** One JSON object per line and change, for scripts. */
final class JsonConsole implements PlatformConsole {

    private final PrintWriter out;

    JsonConsole(PrintWriter out) {
        this.out = out;
    }

    @Override
    public synchronized void say(String phase, String text) {
        out.println(Json.line(Map.of("phase", phase, "text", text)));
        out.flush();
    }

    @Override
    public void show(String phase, List<String> lines) {
        say(phase, String.join("; ", lines));
    }

    @Override
    public synchronized void changed(ResourceStatus resource, List<ResourceStatus> all) {
        var took = resource.took();
        out.println(Json.line(Map.of(
                "resource", resource.id(),
                "state", resource.state().name(),
                "millis", took == null ? 0 : took.toMillis(),
                "note", resource.note())));
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
