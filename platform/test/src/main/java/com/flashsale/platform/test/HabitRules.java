package com.flashsale.platform.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Habits that make code hard to test or transactions long. */
final class HabitRules {

    private static final String TRANSACTIONAL = "org.springframework.transaction.annotation.Transactional";

    private HabitRules() {}

    static List<ArchRule> all() {
        return List.of(timeComesFromTheClock(), dependenciesComeByConstructor(), noRemoteCallInATransaction());
    }

    private static ArchRule timeComesFromTheClock() {
        return noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe("it reads the machine's clock", HabitRules::readsTheClock))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callConstructor(Date.class)
                .as("time comes from Clock, ids from Ids");
    }

    /** {@code now()} of any type in java.time; with a Clock it is welcome. */
    private static boolean readsTheClock(JavaCall<?> call) {
        return call.getTargetOwner().getPackageName().equals(Instant.class.getPackageName())
                && call.getName().equals("now")
                && call.getTarget().getRawParameterTypes().isEmpty();
    }

    static ArchRule dependenciesComeByConstructor() {
        return noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("jakarta.annotation.Resource")
                .allowEmptyShould(true)
                .as("dependencies come by the constructor, never into a field");
    }

    private static ArchRule noRemoteCallInATransaction() {
        return methods()
                .that(DescribedPredicate.describe("run in a transaction", HabitRules::isTransactional))
                .should(callNobodyOutside())
                .allowEmptyShould(true)
                .as("no remote call inside a transaction");
    }

    private static boolean isTransactional(JavaMethod method) {
        return method.isAnnotatedWith(TRANSACTIONAL) || method.getOwner().isAnnotatedWith(TRANSACTIONAL);
    }

    private static ArchCondition<JavaMethod> callNobodyOutside() {
        return new ArchCondition<>("not call another process") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getMethodCallsFromSelf().stream()
                        .filter(HabitRules::isRemote)
                        .forEach(call -> events.add(SimpleConditionEvent.violated(method, call.getDescription())));
            }
        };
    }

    private static boolean isRemote(JavaCall<?> call) {
        var owner = call.getTargetOwner();
        return owner.getPackageName().startsWith("org.springframework.web.client")
                || owner.getPackageName().startsWith("java.net.http")
                || owner.getMethods().stream()
                        .anyMatch(it ->
                                it.isMetaAnnotatedWith("org.springframework.web.service.annotation.HttpExchange"));
    }
}
