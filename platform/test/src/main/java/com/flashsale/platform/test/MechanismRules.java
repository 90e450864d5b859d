package com.flashsale.platform.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Mechanism is shared, meaning is not: what all services use must not know what the platform sells, or to whom. */
final class MechanismRules {

    private static final Set<String> WORDS = Set.of(
            "sale",
            "sales",
            "sold",
            "stock",
            "stocks",
            "unit",
            "units",
            "reservation",
            "reservations",
            "reserve",
            "reserved",
            "order",
            "orders",
            "payment",
            "payments",
            "paid",
            "customer",
            "customers",
            "shopper",
            "shoppers",
            "admission",
            "admissions",
            "waitlist",
            "offer",
            "offers",
            "product",
            "products",
            "catalog",
            "inventory",
            "price",
            "money");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[._$]|(?=\\d)|(?<=\\d)");

    private MechanismRules() {}

    static ArchRule noWordOfTheDomain() {
        return classes().should(haveNoWordOfTheDomain()).as("mechanism has no word of the domain in its names");
    }

    private static ArchCondition<JavaClass> haveNoWordOfTheDomain() {
        return new ArchCondition<>("have no word of the domain in their names") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(
                                Stream.of(type.getSimpleName()),
                                type.getMembers().stream().map(JavaMember::getName))
                        .filter(MechanismRules::hasAWordOfTheDomain)
                        .forEach(name ->
                                events.add(SimpleConditionEvent.violated(type, name + " in " + type.getName())));
            }
        };
    }

    private static boolean hasAWordOfTheDomain(String name) {
        return Arrays.stream(BETWEEN_WORDS.split(name))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .anyMatch(WORDS::contains);
    }
}
