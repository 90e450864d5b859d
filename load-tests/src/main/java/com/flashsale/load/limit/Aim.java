package com.flashsale.load.limit;

import com.flashsale.load.scene.Scenes;
import java.util.List;
import java.util.Locale;

/**
 * An operation with a limit: the search finds its highest sustained rate.
 *
 * @param start the first rate of the search
 * @param ceiling the highest rate; beyond it the injector or the number of shoppers would limit the run
 */
public record Aim(String name, Scenes scene, Criteria criteria, double start, double ceiling) {

    public Aim startingAt(double rate) {
        return new Aim(name, scene, criteria, rate, ceiling);
    }

    public static List<Aim> all() {
        return List.of(
                new Aim("browse", Scenes.BROWSE, Criteria.ACCEPTED, 400, 20_000),
                new Aim("poll", Scenes.POLL, Criteria.ACCEPTED, 800, 20_000),
                new Aim("join", Scenes.JOIN, Criteria.ACCEPTED, 150, 3_000),
                new Aim("accepted", Scenes.ORDER, Criteria.ACCEPTED, 150, 3_000),
                new Aim("settled", Scenes.ORDER, Criteria.SETTLED, 150, 3_000),
                new Aim("journey", Scenes.JOURNEY, Criteria.SETTLED, 60, 1_000));
    }

    public static Aim named(String name) {
        return all().stream()
                .filter(aim -> aim.name().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--only must be one of " + all().stream().map(Aim::name).toList() + ": " + name));
    }
}
