package com.flashsale.reports.result;

import com.flashsale.reports.result.Result.Code;
import com.flashsale.reports.result.Result.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The code of a run and its machine: a figure without them says nothing. */
public final class Environment {

    private static final Pattern MODEL = Pattern.compile("model name\\s*:\\s*(.+)");
    private static final Pattern RAM = Pattern.compile("MemTotal:\\s+(\\d+) kB");
    private static final long KIB = 1_024;
    private static final int SHORT = 12;

    private Environment() {}

    public static Machine machine() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                find(Path.of("/proc/cpuinfo"), MODEL, "unknown"),
                Long.parseLong(find(Path.of("/proc/meminfo"), RAM, "0")) * KIB,
                System.getProperty("java.vm.vendor") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    /** An image was told when it was made; outside a clone and an image it is unknown. */
    public static Code code(Path root) {
        var told = System.getenv("FLASHSALE_REVISION");
        if (told != null && !told.isEmpty()) {
            return new Code(told.substring(0, Math.min(told.length(), SHORT)), told.endsWith("-dirty"));
        }
        var commit = git(root, "rev-parse", "--short=" + SHORT, "HEAD");
        return new Code(
                commit.isEmpty() ? "unknown" : commit,
                !git(root, "status", "--porcelain", "--untracked-files=no").isEmpty());
    }

    private static String find(Path file, Pattern pattern, String otherwise) {
        try {
            var matcher = pattern.matcher(Files.readString(file));
            return matcher.find() ? matcher.group(1).strip() : otherwise;
        } catch (IOException absent) {
            return otherwise;
        }
    }

    private static String git(Path root, String... arguments) {
        try {
            var command = new ProcessBuilder("git", "-C", root.toString());
            command.command().addAll(java.util.List.of(arguments));
            var git = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            var text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? text : "";
        } catch (IOException noGit) {
            return "";
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
