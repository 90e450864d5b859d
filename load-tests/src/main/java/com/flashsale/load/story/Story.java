package com.flashsale.load.story;

import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.result.Result.Check;
import com.flashsale.load.scene.Measured;
import com.flashsale.load.scene.Scene;
import java.util.List;

/** A scene with its visitors, and what must be true afterwards. */
public record Story(String name, Scene scene, Arrivals arrivals, Checks checks) {

    /** Judges a run. */
    @FunctionalInterface
    public interface Checks {
        List<Check> of(Measured run);
    }
}
