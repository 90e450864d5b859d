package com.flashsale.local.process;

import com.flashsale.engines.Sentinel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program like the launcher: has a child, says which, and waits to be killed. */
final class OrphanFixture {

    private OrphanFixture() {}

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        var child = ChildProcess.start(
                SmallProcess.shell(directory, "child", "exec sleep 600"),
                Sentinel.start(directory.resolve("sentinels")));
        var beside = directory.resolve("child.pid.next");
        Files.writeString(beside, Long.toString(child.identity().orElseThrow().pid()));
        Files.move(beside, directory.resolve("child.pid"));
        child.awaitEnd();
    }
}
