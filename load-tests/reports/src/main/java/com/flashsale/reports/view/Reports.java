package com.flashsale.reports.view;

import com.flashsale.client.Json;
import com.flashsale.reports.result.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The files of a result: {@code result.json} and its page. */
public final class Reports {

    private static final DateTimeFormatter DIRECTORY =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Reports() {}

    /** Writes both files into a directory of their own and returns the directory. */
    public static Path write(Path run, Result result) throws IOException {
        var directory = run.resolve("load")
                .resolve(DIRECTORY.format(result.figures().startedAt()) + "-"
                        + result.setup().story());
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("result.json"), Json.pretty(result));
        writePage(directory, result);
        return directory;
    }

    /** Writes the page into a directory and returns the file. */
    public static Path writePage(Path directory, Result result) throws IOException {
        return Files.writeString(directory.resolve("report.html"), Html.of(result));
    }
}
