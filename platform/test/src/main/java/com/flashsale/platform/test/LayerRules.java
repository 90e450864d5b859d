package com.flashsale.platform.test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Optional;

/** Edge, use case, repository, and a domain that knows none of them. */
final class LayerRules {

    private static final String CONTROLLER = "org.springframework.stereotype.Controller";
    private static final String LISTENER = "org.springframework.kafka.annotation.KafkaListener";
    private static final String SCHEDULED = "org.springframework.scheduling.annotation.Scheduled";
    private static final String SETTINGS = "org.springframework.boot.context.properties";

    private LayerRules() {}

    static List<ArchRule> all() {
        return List.of(
                noClasses()
                        .that(areEdges())
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage("org.springframework.jdbc..", "java.sql..", "javax.sql.."))
                        .allowEmptyShould(true)
                        .as("controllers, listeners and jobs write no SQL"),
                classes()
                        .that(areValues())
                        .should()
                        .onlyDependOnClassesThat(DescribedPredicate.not(resideInAnyPackage("org.springframework.."))
                                .or(resideInAnyPackage(SETTINGS + "..")))
                        .allowEmptyShould(true)
                        .as("records and sealed types know no Spring"));
    }

    /**
     * Where the world comes in: HTTP, messages, the clock. By annotation, and by name for what a framework calls by
     * other means.
     */
    private static DescribedPredicate<JavaClass> areEdges() {
        return DescribedPredicate.describe("are edges", type -> isEdge(outermost(type)));
    }

    private static boolean isEdge(JavaClass type) {
        return type.isMetaAnnotatedWith(CONTROLLER)
                || type.getMethods().stream().anyMatch(LayerRules::isCalledFromOutside)
                || type.getSimpleName().matches(".*(Controller|Listener|Job)");
    }

    private static boolean isCalledFromOutside(CanBeAnnotated method) {
        return method.isAnnotatedWith(LISTENER) || method.isAnnotatedWith(SCHEDULED);
    }

    /** Records and sealed types, except settings, and except the shapes that an edge declares for itself. */
    private static DescribedPredicate<JavaClass> areValues() {
        return DescribedPredicate.describe(
                "are values",
                type -> (type.isRecord() || isSealed(type))
                        && !isEdge(outermost(type))
                        && !outermost(type).isAnnotatedWith(SETTINGS + ".ConfigurationProperties"));
    }

    /** The class file says it by its list of permitted subclasses, which only the JVM reads. */
    private static boolean isSealed(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.ABSTRACT)
                && type.reflect().isSealed();
    }

    private static JavaClass outermost(JavaClass type) {
        Optional<JavaClass> enclosing = type.getEnclosingClass();
        return enclosing.map(LayerRules::outermost).orElse(type);
    }
}
