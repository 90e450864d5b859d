package com.flashsale.local.preflight;

/** The outcome of one check. */
public sealed interface Finding {

    String subject();

    record Fine(String subject, String fact) implements Finding {}

    /** Worth knowing, no reason not to start. */
    record Note(String subject, String fact) implements Finding {}

    /** Nothing can start before this is mended. */
    record Missing(String subject, String fact, String fix) implements Finding {}

    default String line() {
        return switch (this) {
            case Fine(var subject, var fact) -> "ok       %-10s %s".formatted(subject, fact);
            case Note(var subject, var fact) -> "note     %-10s %s".formatted(subject, fact);
            case Missing(var subject, var fact, var fix) -> "MISSING  %-10s %s; %s".formatted(subject, fact, fix);
        };
    }
}
