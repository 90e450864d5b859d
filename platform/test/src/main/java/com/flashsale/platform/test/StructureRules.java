package com.flashsale.platform.test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Rules for the packages of a service. */
final class StructureRules {

    private static final String PLATFORM = "com.flashsale.platform..";
    private static final int LARGEST_PUBLIC_PERCENTAGE = 40;

    private StructureRules() {}

    static List<ArchRule> of(String root) {
        return List.of(
                slices().matching(root + ".(*)..")
                        .should()
                        .beFreeOfCycles()
                        .allowEmptyShould(true)
                        .as("features know each other in one direction only"),
                noClasses()
                        .should()
                        .dependOnClassesThat(resideInAPackage("com.flashsale..")
                                .and(not(resideInAPackage(root + "..")))
                                .and(not(resideInAPackage(PLATFORM))))
                        .as("a service shares mechanism, never another service's classes"),
                nullMarked(),
                classes().should(new MostlyPackagePrivate()).as("types are package-private by default"));
    }

    /**
     * The rules for modules without the layers of a service. Each package is a slice of its own, the topmost one too.
     */
    static List<ArchRule> ofPackages() {
        return List.of(
                slices().matching("com.flashsale.(**)")
                        .should()
                        .beFreeOfCycles()
                        .as("packages have no cycle"),
                nullMarked());
    }

    private static ArchRule nullMarked() {
        return classes().should(beInANullMarkedPackage()).as("every package says @NullMarked in its package-info");
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " is in " + type.getPackageName() + ", which is not @NullMarked"));
                }
            }
        };
    }

    /** Counts all top-level types and judges once, at the end. */
    private static final class MostlyPackagePrivate extends ArchCondition<JavaClass> {

        private final List<String> open = new ArrayList<>();
        private int all;

        MostlyPackagePrivate() {
            super("be public in at most %d %% of cases", LARGEST_PUBLIC_PERCENTAGE);
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            if (!type.isTopLevelClass() || type.getSimpleName().equals("package-info")) return;
            all++;
            if (type.getModifiers().contains(JavaModifier.PUBLIC)) open.add(type.getName());
        }

        @Override
        public void finish(ConditionEvents events) {
            if (open.size() * 100 > all * LARGEST_PUBLIC_PERCENTAGE) {
                events.add(SimpleConditionEvent.violated(
                        open, "%d of %d types are public: %s".formatted(open.size(), all, open)));
            }
        }
    }
}
