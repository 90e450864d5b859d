package com.flashsale.audit.rule;

import java.util.List;

/**
 * Something that must always be true, by all its rules.
 *
 * @param id as in the reliability sheet: I1, I2, …
 */
public record Invariant(String id, String name, List<Rule> rules) {

    Invariant(String id, String name, Rule... rules) {
        this(id, name, List.of(rules));
    }
}
