package com.flashsale.platform.test.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Everything in a run that could also have come otherwise. The same seed gives the same answers to the same questions.
 */
public final class SeededRandom {

    private final SplittableRandom random;

    SeededRandom(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** From 0 to n - 1. */
    public int below(int n) {
        return random.nextInt(n);
    }

    public int from(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    public boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of these: the first as often as the first weight says, and so on. */
    public int weighted(int... weights) {
        int all = 0;
        for (int weight : weights) all += weight;
        int left = random.nextInt(all);
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) return i;
        }
        throw new IllegalArgumentException("no weights");
    }

    public UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
