package com.flashsale.customers;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The profiles of all customers: the same seed, number and shares give the same profiles. */
public record Population(long seed, List<CustomerProfile> profiles) {

    private static final int COMES_BACK = 3;

    public Population {
        profiles = List.copyOf(profiles);
    }

    public static Population draw(long seed, int customers, BehaviourShares shares) {
        var random = new SplittableRandom(seed);
        var profiles = new ArrayList<CustomerProfile>(customers);
        for (int i = 0; i < customers; i++) {
            // every profile takes the same four draws: a change of one share leaves the other
            // decisions as they were
            var behaviour = behaviour(random.nextDouble(), random.nextDouble(), shares);
            int comesBack = random.nextDouble() < shares.asksAgain() ? COMES_BACK : 0;
            profiles.add(new CustomerProfile(behaviour, comesBack, random.nextDouble() < shares.joinsWaitlist()));
        }
        return new Population(seed, profiles);
    }

    private static Behaviour behaviour(double draw, double card, BehaviourShares shares) {
        if (draw < shares.neverPays()) return Behaviour.NEVER_PAYS;
        if (draw < shares.neverPays() + shares.declined()) {
            return card < shares.secondCard() ? Behaviour.TRIES_ANOTHER_CARD : Behaviour.GIVES_UP_WHEN_DECLINED;
        }
        return draw < shares.neverPays() + shares.declined() + shares.cancels() ? Behaviour.CANCELS : Behaviour.PAYS;
    }

    /** The number of customers with each behaviour. */
    public Map<Behaviour, Integer> counts() {
        var counts = new EnumMap<Behaviour, Integer>(Behaviour.class);
        for (var behaviour : Behaviour.values()) {
            counts.put(behaviour, 0);
        }
        profiles.forEach(profile -> counts.merge(profile.behaviour(), 1, Integer::sum));
        return counts;
    }

    /** The number of customers who would own a unit in the end if one was set aside for them. */
    public long wouldPay() {
        return profiles.stream()
                .filter(profile ->
                        profile.behaviour() == Behaviour.PAYS || profile.behaviour() == Behaviour.TRIES_ANOTHER_CARD)
                .count();
    }
}
