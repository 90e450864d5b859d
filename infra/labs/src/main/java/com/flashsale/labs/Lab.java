package com.flashsale.labs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * One lab, as its directory below {@code docs/labs} describes it.
 *
 * @param directory its pages, its patch and its properties
 * @param invariant the id in docs/reliability.md
 * @param module the module that the patch changes, relative to the root
 * @param tests the module whose tests play it
 * @param play the tests that break: {@code class#method} or a class
 * @param from first seed of a simulation; 0 for other tests
 * @param seeds how many a fix must survive; without the guard, the first one that breaks ends the run
 * @param also further tests that a fix must pass
 * @param violation occurs in the message of the broken test
 */
public record Lab(
        int number,
        Path directory,
        String title,
        String guard,
        String invariant,
        String module,
        String tests,
        List<String> play,
        int from,
        int seeds,
        List<String> also,
        Pattern violation) {

    /** The name of a directory: number, then words. */
    static final Pattern NAME = Pattern.compile("(\\d\\d)-[a-z-]+");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    static Lab read(Path directory) throws IOException {
        var name = NAME.matcher(String.valueOf(directory.getFileName()));
        if (!name.matches()) throw new IllegalArgumentException(directory + " is not named NN-words");
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(directory.resolve("lab.properties"), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return new Lab(
                Integer.parseInt(name.group(1)),
                directory,
                required(directory, properties, "title"),
                required(directory, properties, "guard"),
                required(directory, properties, "invariant"),
                required(directory, properties, "module"),
                required(directory, properties, "tests"),
                words(required(directory, properties, "play")),
                Integer.parseInt(properties.getProperty("from", "0")),
                Integer.parseInt(properties.getProperty("seeds", "0")),
                words(properties.getProperty("also", "")),
                Pattern.compile(required(directory, properties, "violation")));
    }

    private static String required(Path directory, Properties properties, String name) {
        var value = properties.getProperty(name);
        if (value == null) throw new IllegalArgumentException(directory.resolve("lab.properties") + " lacks " + name);
        return value;
    }

    private static List<String> words(String text) {
        return SPACE.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
    }

    /** As directories and messages name it: two digits. */
    public String id() {
        return "%02d".formatted(number);
    }

    public Path patch() {
        return directory.resolve("guard-removed.patch");
    }

    public Path page() {
        return directory.resolve("lab.md");
    }

    public boolean isSimulation() {
        return seeds > 0;
    }

    /** The seeds of a simulation as its options; none for other tests. */
    public Map<String, String> seedProperties() {
        return isSimulation()
                ? Map.of("simulation.from", String.valueOf(from), "simulation.seeds", String.valueOf(seeds))
                : Map.of();
    }
}
