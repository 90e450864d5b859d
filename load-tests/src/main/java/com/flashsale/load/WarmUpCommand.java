package com.flashsale.load;

import com.flashsale.client.ExitCode;
import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.platform.Target;
import com.flashsale.load.scene.Measurement;
import com.flashsale.load.scene.Scenes;
import com.flashsale.load.scene.Stage;
import com.flashsale.load.scene.WarmUp;
import java.io.PrintStream;
import java.time.Duration;

/** {@code load warm-up}: nothing is measured, everything is done often. */
final class WarmUpCommand {

    private static final Arrivals VISITS = Arrivals.constant(50, Duration.ofSeconds(20));

    private final PrintStream out;

    WarmUpCommand(PrintStream out) {
        this.out = out;
    }

    int run() throws Exception {
        var target = Target.running();
        target.requireTrust();
        try (var stage = Stage.of(target)) {
            out.println(stage.announcement());
            new WarmUp(stage, out::println).run();
            for (var scene : Scenes.values()) {
                out.println("warm-up   " + scene.label());
                new Measurement(stage).of(scene, VISITS);
            }
        }
        return ExitCode.OK;
    }
}
