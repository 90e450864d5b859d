package com.flashsale.client;

/** The exit codes of the command, which scripts may rely on. */
public final class ExitCode {

    public static final int OK = 0;
    public static final int USAGE = 2;
    public static final int PREREQUISITE = 3;
    public static final int START_FAILED = 4;
    public static final int INVARIANT = 5;

    /** A part of the request could not be done; the output says which. */
    public static final int UNFINISHED = 6;

    /** Ended by Ctrl+C before there was a result, as shells say it. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
