package com.flashsale.platform.test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules of the code that a compiler cannot check. One test in each service calls {@link #check}. */
public final class ArchitectureRules {

    private ArchitectureRules() {}

    /**
     * Checks the main classes in the package of the application and below; one error tells all violations of all rules.
     */
    public static void check(Class<?> application) {
        check(application.getPackageName());
    }

    /** The same for a part of a service whose topmost package has no class. */
    public static void check(String root) {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(root);
        var violations = new ArrayList<>(violations(root, classes));
        violations.addAll(ClassPathRules.violations());
        if (!violations.isEmpty()) throw new AssertionError(String.join("\n\n", violations));
    }

    /**
     * Checks a tool or a library, which has no layers of a service: its packages have no cycle, and each is
     * {@code @NullMarked}.
     *
     * @param anchor a class of the module's topmost package
     */
    public static void checkPackages(Class<?> anchor) {
        checkPackages(anchor.getPackageName());
    }

    /** The same for a module whose topmost package has no class. */
    public static void checkPackages(String root) {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(root);
        var violations = violationsOfPackages(root, classes);
        if (!violations.isEmpty()) throw new AssertionError(String.join("\n\n", violations));
    }

    static List<String> violationsOfPackages(String root, JavaClasses classes) {
        if (classes.isEmpty()) return List.of("There is no class in " + root + ": nothing is checked.");
        return violations(classes, StructureRules.ofPackages());
    }

    /** Checks a library that all services share: it knows no domain. */
    static List<String> violationsOfMechanism(JavaClasses classes) {
        return violations(
                classes, List.of(MechanismRules.noWordOfTheDomain(), HabitRules.dependenciesComeByConstructor()));
    }

    static List<String> violations(String root, JavaClasses classes) {
        if (classes.isEmpty()) return List.of("There is no class in " + root + ": nothing is checked.");
        return violations(classes, rules(root));
    }

    private static List<String> violations(JavaClasses classes, List<ArchRule> rules) {
        return rules.stream()
                .flatMap(rule -> violations(rule, classes).stream())
                .toList();
    }

    private static List<ArchRule> rules(String root) {
        var rules = new ArrayList<ArchRule>();
        rules.addAll(StructureRules.of(root));
        rules.addAll(LayerRules.all());
        rules.addAll(HabitRules.all());
        return rules;
    }

    private static Optional<String> violations(ArchRule rule, JavaClasses classes) {
        EvaluationResult result = rule.evaluate(classes);
        if (!result.hasViolation()) return Optional.empty();
        var details = result.getFailureReport().getDetails().stream()
                .map(line -> "  " + line)
                .collect(Collectors.joining("\n"));
        return Optional.of(rule.getDescription() + ":\n" + details);
    }
}
