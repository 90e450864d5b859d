package com.flashsale.manifests;

import static com.flashsale.manifests.Overlays.ROOT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The one list of images, {@code .env}, and the places that state a version once more. */
final class ImageVersions {

    private static final Path LIST = Path.of(".env");
    private static final Pattern ENTRY = Pattern.compile("(?m)^([A-Z_]+)=(\\S+)$");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)}");

    /** Folders that hold no source: results, runs, other people's scripts. */
    private static final Set<String> SKIPPED = Set.of(".git", ".run", ".idea", "target", "axe-core", "node_modules");

    private static final int LARGEST_SOURCE = 300_000;

    private ImageVersions() {}

    /** Name of the variable -> value. */
    static Map<String, String> list() {
        var entries = new LinkedHashMap<String, String>();
        ENTRY.matcher(Settings.read(LIST)).results().forEach(entry -> entries.put(entry.group(1), entry.group(2)));
        return entries;
    }

    static String version() {
        return list().get("FLASHSALE_VERSION");
    }

    static Image image(String variable) {
        return Image.parse(list().get(variable));
    }

    static List<Image> images() {
        return list().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("_IMAGE"))
                .map(entry -> Image.parse(entry.getValue()))
                .toList();
    }

    /** A text with the values of the list; other variables stay. */
    static String filledIn(String text) {
        var known = list();
        return VARIABLE.matcher(text).replaceAll(match -> known.getOrDefault(match.group(1), "\\" + match.group()));
    }

    /** Images of the list that a text names in another version. */
    static List<String> others(String place, String text) {
        var broken = new ArrayList<String>();
        for (var image : images()) {
            // a number of four digits behind a host name is its port
            Pattern.compile("(?<![\\w.-])" + Pattern.quote(image.name()) + ":(v?[0-9](?![0-9]{3,4}(?!\\w))[\\w.-]*)")
                    .matcher(text)
                    .results()
                    .map(match -> match.group(1).replaceFirst("\\.+$", ""))
                    .filter(tag -> !tag.equals(image.tag()))
                    .forEach(tag ->
                            broken.add(place + ": " + image.name() + ":" + tag + ", and the list has " + image.tag()));
        }
        return broken;
    }

    /** Path -> content of every source file of the repository. */
    static Map<String, String> sources() {
        return Sources.ALL;
    }

    private static final class Sources {

        static final Map<String, String> ALL = readSources();

        private Sources() {}
    }

    private static Map<String, String> readSources() {
        var sources = new LinkedHashMap<String, String>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return SKIPPED.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile() && attributes.size() < LARGEST_SOURCE && isText(file)) {
                        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                        sources.put(ROOT.relativize(file).toString(), text);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private static boolean isText(Path file) {
        return !file.toString().matches(".*\\.(jar|ico|gif|jpe?g|png|webp|gz|zip|bin)");
    }
}
