package com.flashsale.client;

import java.util.List;

/** The output of a command while a long operation goes on. */
public interface Console {

    /** Writes one line: the phase and a text. */
    void say(String phase, String text);

    /**
     * Shows the present state of a phase in place of the last one that was shown; a line where the output cannot be
     * drawn again.
     */
    void show(String phase, List<String> lines);

    /** Ends a drawing that still goes on, so that ordinary output can follow. */
    void close();
}
