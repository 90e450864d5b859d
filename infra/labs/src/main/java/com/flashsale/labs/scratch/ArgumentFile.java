package com.flashsale.labs.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tool of the JDK that runs this process, with its arguments in a file, since a class path is long. */
final class ArgumentFile {

    private ArgumentFile() {}

    static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The exit code; all output goes into the log. */
    static int run(String tool, List<String> arguments, Path directory, Path log, Duration timeout)
            throws IOException, InterruptedException {
        var file = Files.write(log.resolveSibling(tool + ".arguments"), arguments);
        var program = Path.of(System.getProperty("java.home", ""), "bin", tool);
        var builder = new ProcessBuilder(program.toString(), "@" + file)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile());
        // options for all JVMs of this user are not for this one
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVAC_OPTIONS")
                .forEach(builder.environment()::remove);
        var process = builder.start();
        try {
            if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS)) return TIMED_OUT;
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroyForcibly();
        }
    }

    static final int TIMED_OUT = -1;
}
