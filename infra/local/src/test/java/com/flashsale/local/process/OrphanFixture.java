package com.flashsale.local.process;

import com.flashsale.engines.OrphanReaper;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program like the supervisor: has a child, says which, and waits to be killed. */
final class OrphanFixture {

    private OrphanFixture() {}

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        var child = ChildProcess.start(
                SmallProcess.shell(directory, "child", "exec sleep 600"),
                OrphanReaper.start(directory.resolve("reapers")));
        var beside = directory.resolve("child.pid.next");
        Files.writeString(beside, Long.toString(child.identity().orElseThrow().pid()));
        Files.move(beside, directory.resolve("child.pid"));
        child.awaitEnd();
    }
}
