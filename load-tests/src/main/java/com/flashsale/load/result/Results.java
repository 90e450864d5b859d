package com.flashsale.load.result;

import com.flashsale.client.Json;
import com.flashsale.load.report.Html;
import com.flashsale.load.result.Result.AuditVerdict;
import com.flashsale.load.result.Result.Check;
import com.flashsale.load.result.Result.LimitResult;
import com.flashsale.load.result.Result.ProcessShare;
import com.flashsale.load.result.Result.RawResult;
import com.flashsale.load.result.Result.Settle;
import com.flashsale.load.scene.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Makes results, writes and reads them. */
public final class Results {

    private static final DateTimeFormatter DIRECTORY =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Results() {}

    /** A result with the members that all kinds share: code, machine and settings. */
    public static Result begun(Path root, String kind, String story, Map<String, String> settings) {
        return new Result(
                Result.VERSION,
                kind,
                story,
                Instant.now(),
                0,
                Environment.code(root),
                Environment.machine(),
                settings,
                List.of(),
                null,
                List.of(),
                0,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of());
    }

    /** The figures of a run. */
    public static Result with(Result begun, Measured run) {
        return new Result(
                begun.version(),
                begun.kind(),
                begun.story(),
                run.startedAt(),
                run.seconds(),
                begun.code(),
                begun.machine(),
                begun.settings(),
                run.operations().stream()
                        .map(each -> Latencies.of(each, run.rate(), run.seconds()))
                        .toList(),
                run.settle(),
                processes(run),
                run.machineBusyShare(),
                run.queues(),
                begun.audit(),
                begun.checks(),
                begun.limits(),
                begun.raw());
    }

    /** The end of a search for limits. */
    public static Result limits(Result result, List<LimitResult> limits, AuditVerdict audit) {
        return new Result(
                result.version(),
                result.kind(),
                result.story(),
                result.startedAt(),
                result.seconds(),
                result.code(),
                result.machine(),
                result.settings(),
                result.operations(),
                result.settle(),
                result.processes(),
                result.machineBusyShare(),
                result.queues(),
                audit,
                result.checks(),
                limits,
                result.raw());
    }

    /** The end of a story. */
    public static Result judged(Result result, AuditVerdict audit, List<Check> checks) {
        var audited = limits(result, result.limits(), audit);
        return new Result(
                audited.version(),
                audited.kind(),
                audited.story(),
                audited.startedAt(),
                audited.seconds(),
                audited.code(),
                audited.machine(),
                audited.settings(),
                audited.operations(),
                audited.settle(),
                audited.processes(),
                audited.machineBusyShare(),
                audited.queues(),
                audited.audit(),
                List.copyOf(checks),
                audited.limits(),
                audited.raw());
    }

    public static Result raw(Result begun, List<RawResult> raw, AuditVerdict audit) {
        var audited = limits(begun, List.of(), audit);
        return new Result(
                audited.version(),
                audited.kind(),
                audited.story(),
                audited.startedAt(),
                audited.seconds(),
                audited.code(),
                audited.machine(),
                audited.settings(),
                audited.operations(),
                audited.settle(),
                audited.processes(),
                audited.machineBusyShare(),
                audited.queues(),
                audited.audit(),
                audited.checks(),
                audited.limits(),
                List.copyOf(raw));
    }

    private static List<ProcessShare> processes(Measured run) {
        var shares = new ArrayList<ProcessShare>();
        run.after().millis().forEach((name, after) -> {
            long used = after - run.before().millis().getOrDefault(name, 0L);
            shares.add(new ProcessShare(
                    name,
                    used,
                    run.cores(name),
                    run.residentBytes().getOrDefault(name, 0L),
                    perOrder(used, run.settle())));
        });
        return shares;
    }

    private static @Nullable Double perOrder(long millis, @Nullable Settle settle) {
        return settle == null || settle.settled() == 0 ? null : (double) millis / settle.settled();
    }

    /** Writes {@code result.json} and its page into a directory of its own and returns the directory. */
    public static Path write(Path run, Result result) throws IOException {
        var directory = run.resolve("load").resolve(DIRECTORY.format(result.startedAt()) + "-" + result.story());
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("result.json"), Json.pretty(result));
        Files.writeString(directory.resolve("report.html"), Html.of(result));
        return directory;
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
}
