package com.flashsale.engines;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The broker's class path: Kafka's own jars, picked by name out of the class path of this JVM. Picked, so that a
 * service's logging configuration or its other libraries cannot change what the broker does, and so that the broker is
 * the same in every module.
 *
 * <p>It works where {@code java.class.path} lists the jars (tests, IDEs, a program started with {@code -cp}) or one jar
 * whose manifest names them. It does not work inside a Spring Boot fat jar, whose nested jars no other JVM can read.
 */
final class KafkaClassPath {

    private static final Pattern VERSION = Pattern.compile("-\\d[^/]*\\.jar$");

    private static final Pattern LIBRARIES = Pattern.compile(String.join(
            "|",
            "kafka(_2\\.13|-.*)",
            "scala-(library|reflect)",
            "scala-logging_2\\.13",
            "slf4j-api",
            "log4j-api",
            "logback-(classic|core)",
            "jackson-(core|databind|annotations|dataformat-csv|dataformat-yaml|datatype-jdk8)",
            "zstd-jni",
            "lz4-java",
            "snappy-java",
            "caffeine",
            "pcollections",
            "HdrHistogram",
            "hash4j",
            "argparse4j",
            "commons-validator",
            "commons-logging",
            "jopt-simple",
            "jose4j",
            "metrics-core",
            "re2j",
            "snakeyaml"));

    private KafkaClassPath() {}

    static String current() {
        return of(System.getProperty("java.class.path"));
    }

    static String of(String classPath) {
        var picked = Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator)))
                .filter(KafkaClassPath::isLibrary)
                // sorted, so that the order is the same in every module: see KafkaArchive
                .sorted(Comparator.comparing(
                        entry -> String.valueOf(Path.of(entry).getFileName())))
                .collect(Collectors.joining(File.pathSeparator));
        return picked.contains("kafka_2.13") ? picked : classPath;
    }

    private static boolean isLibrary(String entry) {
        var file = Path.of(entry).getFileName();
        if (file == null) return false;
        var version = VERSION.matcher(file.toString());
        return version.find()
                && !isJackson3(file.toString())
                && LIBRARIES
                        .matcher(file.toString().substring(0, version.start()))
                        .matches();
    }

    /** Spring's; the broker uses Jackson 2, whose files have the same names. */
    private static boolean isJackson3(String file) {
        return file.matches("jackson-(core|databind)-3\\..*");
    }
}
