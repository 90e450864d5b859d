package com.flashsale.load.scenario;

import java.nio.file.Path;
import java.time.Duration;

/** The settings that a caller may change; zero or null stands for the usual value. */
public record ScenarioOptions(double rate, double times, Duration length, int visitors, double speed, Path log) {

    double rateOr(double usual) {
        return rate > 0 ? rate : usual;
    }

    double timesOr(double usual) {
        return times > 0 ? times : usual;
    }

    Duration lengthOr(int seconds) {
        return length.isZero() ? Duration.ofSeconds(seconds) : length;
    }

    int visitorsOr(int usual) {
        return visitors > 0 ? visitors : usual;
    }
}
