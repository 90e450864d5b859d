package com.flashsale.local.console;

import com.flashsale.client.Console;
import com.flashsale.local.supervise.StatusBoard;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/** A console that also follows the resources of a platform while they start and stop. */
public interface PlatformConsole extends Console, StatusBoard.Listener {

    /** @param environment of this process: NO_COLOR and TERM are looked at */
    static PlatformConsole of(PrintWriter out, boolean json, boolean plain, Map<String, String> environment) {
        if (json) {
            return new JsonConsole(out);
        }
        boolean terminal = Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .isPresent();
        if (plain || !terminal || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
            return new PlainConsole(out);
        }
        return new LiveConsole(out, !environment.containsKey("NO_COLOR"));
    }
}
