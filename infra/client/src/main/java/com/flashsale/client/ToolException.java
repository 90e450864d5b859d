package com.flashsale.client;

import java.util.List;

/** Ends a command with a message for the person at the terminal and an exit code; never a stack trace. */
public final class ToolException extends RuntimeException {

    private final int exitCode;
    private final List<String> details;

    private ToolException(int exitCode, String message, List<String> details) {
        super(message);
        this.exitCode = exitCode;
        this.details = List.copyOf(details);
    }

    /** Something this machine lacks; nothing was started. */
    public static ToolException prerequisite(List<String> problems) {
        return new ToolException(ExitCode.PREREQUISITE, "This machine is not ready:", problems);
    }

    public static ToolException prerequisite(String problem) {
        return new ToolException(ExitCode.PREREQUISITE, problem, List.of());
    }

    /** Something was started and did not come up. */
    public static ToolException startFailed(String message, List<String> details) {
        return new ToolException(ExitCode.START_FAILED, message, details);
    }

    /** Another process did the work and says how it ended. */
    public static ToolException ended(int exitCode, String message) {
        return new ToolException(exitCode, message, List.of());
    }

    public static ToolException usage(String message) {
        return new ToolException(ExitCode.USAGE, message, List.of());
    }

    public int exitCode() {
        return exitCode;
    }

    public List<String> details() {
        return details;
    }

    /** All of it, as it is printed. */
    public String text() {
        var text = new StringBuilder(String.valueOf(getMessage()));
        details.forEach(line -> text.append(System.lineSeparator()).append("  ").append(line));
        return text.toString();
    }
}
