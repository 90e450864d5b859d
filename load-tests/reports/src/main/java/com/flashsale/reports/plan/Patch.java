package com.flashsale.reports.plan;

import java.util.Locale;
import java.util.StringJoiner;

/** The replicas of a plan as a component of Kustomize. */
public final class Patch {

    private Patch() {}

    public static String of(Plan plan) {
        var yaml = new StringJoiner("\n", "", "\n");
        yaml.add("# written by ./flashsale plan; see the plan's lines for what is measured and what is not");
        yaml.add("apiVersion: kustomize.config.k8s.io/v1alpha1");
        yaml.add("kind: Component");
        yaml.add("replicas:");
        plan.rows().stream().filter(row -> row.unit().equals("replicas")).forEach(row -> {
            yaml.add("  # " + row.formula() + " (" + row.basis().name().toLowerCase(Locale.ROOT) + ")");
            yaml.add("  - name: " + row.name());
            yaml.add("    count: " + (long) row.value());
        });
        return yaml.toString();
    }
}
