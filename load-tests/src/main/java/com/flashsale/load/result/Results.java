package com.flashsale.load.result;

import com.flashsale.client.Json;
import com.flashsale.load.result.Result.AuditVerdict;
import com.flashsale.load.result.Result.Check;
import com.flashsale.load.result.Result.LimitResult;
import com.flashsale.load.result.Result.RawResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** Makes and reads results. */
public final class Results {

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
