package com.flashsale.launcher.crowd;

/**
 * How likely which habit is. What is left of 1 after the first three pays at once.
 *
 * @param secondCard of those whose card is declined, how many try another one
 * @param asksAgain of those whom the full house turns away, how many come back
 * @param joinsWaitlist of those who hear "sold out", how many wait for what comes back
 */
public record Habits(
        double neverPays, double declined, double cancels, double secondCard, double asksAgain, double joinsWaitlist) {

    public Habits {
        for (double share : new double[] {neverPays, declined, cancels, secondCard, asksAgain, joinsWaitlist}) {
            if (!(share >= 0 && share <= 1)) throw new IllegalArgumentException("a share is between 0 and 1: " + share);
        }
        if (neverPays + declined + cancels > 1) throw new IllegalArgumentException("more habits than people");
    }

    /** One in ten never pays, one in twenty is declined, one in fifty changes his mind. */
    public static Habits usual() {
        return new Habits(0.10, 0.05, 0.02, 0.6, 0.4, 0.8);
    }

    /** The same at the till; but so many are refused that most go home. */
    public static Habits ofACrowd() {
        return new Habits(0.10, 0.05, 0.02, 0.6, 0.2, 0.2);
    }
}
