package com.flashsale.customers;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The roles of all customers: the same seed, number of people and habits give the same cast. */
public record Cast(long seed, List<Role> roles) {

    private static final int COMES_BACK = 3;

    public Cast {
        roles = List.copyOf(roles);
    }

    public static Cast draw(long seed, int customers, Habits habits) {
        var random = new SplittableRandom(seed);
        var roles = new ArrayList<Role>(customers);
        for (int i = 0; i < customers; i++) {
            // every role takes the same four draws: a change of one share leaves the other
            // decisions as they were
            var habit = habit(random.nextDouble(), random.nextDouble(), habits);
            int comesBack = random.nextDouble() < habits.asksAgain() ? COMES_BACK : 0;
            roles.add(new Role(habit, comesBack, random.nextDouble() < habits.joinsWaitlist()));
        }
        return new Cast(seed, roles);
    }

    private static Habit habit(double draw, double card, Habits habits) {
        if (draw < habits.neverPays()) return Habit.NEVER_PAYS;
        if (draw < habits.neverPays() + habits.declined()) {
            return card < habits.secondCard() ? Habit.TRIES_ANOTHER_CARD : Habit.GIVES_UP_WHEN_DECLINED;
        }
        return draw < habits.neverPays() + habits.declined() + habits.cancels() ? Habit.CANCELS : Habit.PAYS;
    }

    /** The number of customers with each habit. */
    public Map<Habit, Integer> counts() {
        var counts = new EnumMap<Habit, Integer>(Habit.class);
        for (var habit : Habit.values()) {
            counts.put(habit, 0);
        }
        roles.forEach(role -> counts.merge(role.habit(), 1, Integer::sum));
        return counts;
    }

    /** The number of customers who would own a unit in the end if one was set aside for them. */
    public long wouldPay() {
        return roles.stream()
                .filter(role -> role.habit() == Habit.PAYS || role.habit() == Habit.TRIES_ANOTHER_CARD)
                .count();
    }
}
