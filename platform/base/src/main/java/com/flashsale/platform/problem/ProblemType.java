package com.flashsale.platform.problem;

import java.net.URI;
import java.util.Locale;

/**
 * One kind of refusal or failure that callers may rely on: its {@link #uri()} and {@link #code()} never change (RFC
 * 9457, section 3.1.1).
 *
 * @param name lower-case words joined by hyphens, for example {@code sold-out}
 * @param status HTTP status, 400 to 599
 * @param title the same sentence for each occurrence
 */
public record ProblemType(String name, int status, String title) {

    private static final String BASE = "https://flash-sale.example/problems/";

    public ProblemType {
        if (!name.matches("[a-z]+(-[a-z]+)*")) throw new IllegalArgumentException("not a problem name: " + name);
        if (status < 400 || status > 599) throw new IllegalArgumentException("not an error status: " + status);
    }

    public URI uri() {
        return URI.create(BASE + name);
    }

    /** The name in upper snake case, for programs: {@code SOLD_OUT}. */
    public String code() {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
