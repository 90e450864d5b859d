package com.flashsale.customers.demo;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.client.Home;
import com.flashsale.client.Json;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Where a played sale leaves its result: {@code .run/<kind>/<time>/}, and its history of orders where the audit looks
 * for it.
 */
public record RunDirectory(Home home, String kind, String time) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    public static RunDirectory of(Home home, String kind, Instant now) {
        return new RunDirectory(home, kind, TIME.format(now));
    }

    public Path path() {
        return home.run().resolve(kind).resolve(time);
    }

    Path history() {
        return home.histories().resolve(kind + "-" + time + ".jsonl");
    }

    Databases databases(Context context) {
        return Evidence.databasesOf(context);
    }

    public void write(DemoResult played) throws IOException {
        Files.createDirectories(path());
        Files.writeString(path().resolve("result.txt"), ResultPage.of(played.result()) + System.lineSeparator());
        Files.writeString(path().resolve("result.json"), Json.pretty(played.result()));
        Files.writeString(path().resolve("timeline.json"), Json.line(played.timeline()));
        Files.writeString(path().resolve("plot.svg"), SalePlot.of(played));
    }
}
