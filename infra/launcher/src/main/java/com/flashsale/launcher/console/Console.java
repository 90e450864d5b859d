package com.flashsale.launcher.console;

import com.flashsale.launcher.supervise.Board;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is shown while something long goes on. */
public interface Console extends Board.Listener {

    /** One thing worth a line: the phase it belongs to and what is to be said. */
    void say(String phase, String text);

    /** How something stands, drawn again in place of what was last said about it; a line where nothing can be drawn again. */
    void show(String phase, List<String> lines);

    /** Ends whatever is still being drawn, so that ordinary output can follow. */
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
