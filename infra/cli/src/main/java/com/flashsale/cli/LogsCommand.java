package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.local.process.LogLine;
import com.flashsale.local.process.LogTail;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a log, or follows it. */
@Command(name = "logs", description = "Show the log of a service or engine.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int CHUNK = 64 << 10;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "As in 'status': order-service, kafka, …")
    private String name = "";

    @Option(names = "-f", description = "Go on with what is written from now on.")
    private boolean follow;

    @Option(names = "--raw", description = "Lines as they were written: JSON.")
    private boolean raw;

    @Option(names = "-n", defaultValue = "50", paramLabel = "LINES", description = "Default: ${DEFAULT-VALUE}")
    private int lines;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var home = Home.ofThisRun();
        var log = home.log(name);
        if (!Files.exists(log)) {
            throw ToolException.usage("There is no log of '" + name + "'. There are: " + names(home.logs()));
        }
        LogTail.last(log, lines).forEach(line -> out.println(shown(line)));
        out.flush();
        if (follow) {
            follow(log, out);
        }
        return ExitCode.OK;
    }

    private static String names(Path logs) throws IOException {
        if (!Files.isDirectory(logs)) {
            return "none yet";
        }
        try (var files = Files.list(logs)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".log"))
                    .map(file -> file.substring(0, file.length() - ".log".length()))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }

    private String shown(String line) {
        return raw ? line : LogLine.readable(line);
    }

    /** Until Ctrl+C, or the reader of a pipe is gone. A log that became shorter was begun anew. */
    private void follow(Path log, PrintWriter out) throws IOException, InterruptedException {
        long position = Files.size(log);
        while (!out.checkError()) {
            position = Math.min(position, Files.size(log));
            try (var file = new RandomAccessFile(log.toFile(), "r")) {
                file.seek(position);
                var bytes = new byte[CHUNK];
                int length = Math.max(0, file.read(bytes));
                int whole = endOfLastLine(bytes, length);
                new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().forEach(line -> out.println(shown(line)));
                position += whole;
            }
            out.flush();
            Thread.sleep(LOOK_EVERY);
        }
    }

    /** Half a line waits for its other half, unless it alone fills the whole chunk. */
    private static int endOfLastLine(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end == 0 && length == CHUNK ? length : end;
    }
}
