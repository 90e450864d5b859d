package com.flashsale.client.loadtest;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The module {@code load-tests} as a process of its own: it needs memory that its parent should not have, and its
 * processor time must be told apart from the platform's. It finds the platform by the same two directories as this
 * process does.
 */
public final class LoadTestCommandLine {

    private static final String MODULE = "load-tests";
    private static final String HEAP = "-Xmx1g";

    private LoadTestCommandLine() {}

    /**
     * The module's own process if it is built, else the command that builds it first.
     *
     * @param arguments those of {@code ./flashsale load}
     * @throws ToolException if the module is not built and the command is not there
     */
    public static List<String> orBuild(Home home, List<String> arguments) {
        var script = home.root().resolve("flashsale");
        if (Files.exists(home.jar(MODULE)) || !Files.isExecutable(script)) return of(home, arguments);
        var command = new ArrayList<>(List.of(script.toString(), "load"));
        command.addAll(arguments);
        return command;
    }

    /**
     * @param arguments those of {@code ./flashsale load}
     * @throws ToolException if the module is not built
     */
    public static List<String> of(Home home, List<String> arguments) {
        var jar = home.jar(MODULE);
        if (!Files.exists(jar)) {
            throw ToolException.prerequisite(
                    "The load tests are not built. Build them: mvn -pl load-tests -am package -DskipTests");
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(HEAP, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.add("-Dlogback.configurationFile=load-logback.xml");
        command.add("-Dflashsale.root=" + home.root());
        command.add("-Dflashsale.run=" + home.run());
        command.addAll(List.of("-cp", jar + ":" + jar.resolveSibling("lib") + "/*", "com.flashsale.load.Main"));
        command.addAll(arguments);
        return command;
    }
}
