package com.flashsale.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Children for tests: a line of shell each. */
public final class SmallProcess {

    private SmallProcess() {}

    public static ProcessSpec shell(Path directory, String name, String script) {
        return new ProcessSpec(
                List.of("/bin/sh", "-c", script),
                Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"),
                directory,
                directory.resolve(name + ".log"));
    }
}
