package com.flashsale.reports.result;

import com.flashsale.client.Json;
import com.flashsale.reports.result.Result.Figures;
import com.flashsale.reports.result.Result.Findings;
import com.flashsale.reports.result.Result.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** Makes and reads results. */
public final class Results {

    private Results() {}

    /** A result without figures and findings. */
    public static Result begun(Path root, String kind, String story, Map<String, String> settings) {
        return new Result(
                new Setup(Result.VERSION, kind, story, Environment.code(root), Environment.machine(), settings),
                Figures.none(Instant.now()),
                Findings.none());
    }

    /** @param file the document or the directory that holds it */
    public static Result read(Path file) throws IOException {
        var document = Files.isDirectory(file) ? file.resolve("result.json") : file;
        if (!Files.isRegularFile(document)) throw new IllegalArgumentException("There is no result at " + document);
        try {
            return Json.MAPPER.readValue(Files.readString(document), Result.class);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException(
                    document + " is no result: " + unreadable.getOriginalMessage(), unreadable);
        }
    }

    /** @param file the document or the directory that holds it */
    public static Path directoryOf(Path file) {
        var absolute = file.toAbsolutePath();
        return Files.isDirectory(absolute) ? absolute : absolute.resolveSibling("");
    }
}
