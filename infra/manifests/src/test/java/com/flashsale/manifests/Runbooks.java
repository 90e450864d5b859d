package com.flashsale.manifests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A reference {@code docs/page.md#heading} that leads somewhere. */
final class Runbooks {

    private Runbooks() {}

    /** Where the pages of docs/ are published, which an overlay may change: a receiver of alerts has no repository. */
    static boolean isReachable(String url) {
        return url.matches("https://[a-z0-9.-]+/.+") && exist(url.replaceFirst("https://[^/]+/", ""));
    }

    static boolean exist(String reference) {
        var parts = reference.split("#", 2);
        if (parts.length != 2 || !Files.isRegularFile(Overlays.ROOT.resolve(parts[0]))) return false;
        return Settings.read(Path.of(parts[0]))
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line ->
                        line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
                .anyMatch(parts[1]::equals);
    }
}
