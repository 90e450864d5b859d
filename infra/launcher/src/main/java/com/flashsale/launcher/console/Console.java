package com.flashsale.launcher.console;

import com.flashsale.launcher.supervise.Board;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The output of a command while a long operation goes on. */
public interface Console extends Board.Listener {

    /** Writes one line: the phase and a text. */
    void say(String phase, String text);

    /**
     * Shows the present state of a phase in place of the last one that was shown; a line where the output cannot be
     * drawn again.
     */
    void show(String phase, List<String> lines);

    /** Ends a drawing that still goes on, so that ordinary output can follow. */
    void close();

    /** @param environment of this process: NO_COLOR and TERM are looked at */
    static Console of(PrintWriter out, boolean json, boolean plain, Map<String, String> environment) {
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
