package com.flashsale.cli;

import com.flashsale.client.platform.PlatformState;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The state for people. */
public final class StatusText {

    private static final long MIB = 1L << 20;

    private StatusText() {}

    public static String of(PlatformState state) {
        if (state.gateway() == null) {
            return "Nothing runs here. Start it with ./flashsale up";
        }
        var text = new StringJoiner(System.lineSeparator());
        text.add("%-11s %s   %d MiB in all".formatted(state.state(), state.gateway(), state.rssBytes() / MIB));
        for (var it : state.engines()) {
            var row = new Row(it.name(), it.state(), it.pid(), it.rssBytes(), it.restarts(), it.url(), it.note());
            text.add(row.text());
        }
        for (var it : state.services()) {
            var runs = it.release() == null ? it.url() : it.url() + "  " + it.release();
            var row = new Row(it.id(), it.state(), it.pid(), it.rssBytes(), it.restarts(), runs, it.note());
            text.add(row.text());
        }
        return text.toString();
    }

    private record Row(String name, String state, @Nullable Long pid, long rss, int restarts, String url, String note) {

        String text() {
            return "  %-20s %-10s pid %-8s %5d MiB  restarts %-3d %s  %s"
                    .formatted(name, state, pid == null ? "-" : pid, rss / MIB, restarts, url, note);
        }
    }

    /** @param onSale what a person can buy now, in one line */
    public static String ready(PlatformState state, Duration time, String onSale) {
        return String.format(
                Locale.ROOT,
                """
                READY in %.0f s                      %d MiB in %d processes
                  Shop      %s/
                  Control   %s/control/
                  On sale   %s
                  API docs  %s/docs
                  Next:     ./flashsale demo        a sale with a crowd, audited
                            ./flashsale status      ./flashsale audit      ./flashsale down\
                """,
                time.toMillis() / 1000.0,
                state.rssBytes() / MIB,
                state.services().size() + state.engines().size() + 1,
                state.gateway(),
                state.gateway(),
                onSale,
                state.gateway());
    }
}
