package com.flashsale.control.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the page, read once. */
final class Files {

    private static final String ROOT = "/control/";
    private static final List<String> NAMES = List.of(
            "index.html",
            "explain.html",
            "assets/control.css",
            "assets/control.js",
            "assets/charts.js",
            "assets/view.js",
            "assets/steer.js",
            "assets/icon.svg",
            "assets/vendor/uplot.js",
            "assets/vendor/uplot.css",
            "assets/vendor/uplot-licence.txt");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "svg", "image/svg+xml",
            "txt", "text/plain;charset=UTF-8");

    private final Map<String, Reply> files = new HashMap<>();

    Files() {
        NAMES.forEach(name -> files.put(name, read(name)));
    }

    /** @param name below {@code /control/} */
    @Nullable
    Reply named(String name) {
        return files.get(name);
    }

    private static Reply read(String name) {
        try (var file = Files.class.getResourceAsStream(ROOT + name)) {
            if (file == null) throw new FileNotFoundException(name);
            var bytes = file.readAllBytes();
            var type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
            return new Reply(200, type, bytes, "\"" + digest(bytes) + "\"", Reply.OWN_FILES_ONLY);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
