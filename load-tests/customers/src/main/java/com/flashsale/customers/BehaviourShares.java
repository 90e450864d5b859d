package com.flashsale.customers;

/**
 * The share of each habit. The customers beyond the first three shares pay at once.
 *
 * @param secondCard of the customers whose card is declined, the share that tries another one
 * @param asksAgain of the customers that a full house turns away, the share that comes back
 * @param joinsWaitlist of the customers that hear "sold out", the share that waits for units that come back
 */
public record BehaviourShares(
        double neverPays, double declined, double cancels, double secondCard, double asksAgain, double joinsWaitlist) {

    public BehaviourShares {
        for (double share : new double[] {neverPays, declined, cancels, secondCard, asksAgain, joinsWaitlist}) {
            if (!(share >= 0 && share <= 1)) throw new IllegalArgumentException("a share is between 0 and 1: " + share);
        }
        if (neverPays + declined + cancels > 1) throw new IllegalArgumentException("more habits than people");
    }

    /** One in ten never pays, one in twenty is declined, one in fifty changes their mind. */
    public static BehaviourShares usual() {
        return new BehaviourShares(0.10, 0.05, 0.02, 0.6, 0.4, 0.8);
    }

    /** The same shares for paying, but most of the many refused customers go home. */
    public static BehaviourShares ofACrowd() {
        return new BehaviourShares(0.10, 0.05, 0.02, 0.6, 0.2, 0.2);
    }
}
