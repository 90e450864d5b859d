package com.flashsale.platform.test;

import java.util.List;
import java.util.Map;

/** Libraries that a service must not bring, because each of its starts would pay for them (ADR 0049). */
final class ClassPathRules {

    private static final Map<String, String> DEAR = Map.of(
            "org.aspectj.weaver.World",
            "with AspectJ, a start matches each method of each bean against the pointcuts of all aspects");

    private ClassPathRules() {}

    /** @return one sentence for each library on the class path of this JVM that no service may have */
    static List<String> violations() {
        return violations(DEAR);
    }

    /** @param reasons the reason against each class, by the binary name of the class */
    static List<String> violations(Map<String, String> reasons) {
        return reasons.entrySet().stream()
                .filter(each -> isPresent(each.getKey()))
                .map(each -> "the class path of a service has no " + each.getKey() + ": " + each.getValue())
                .toList();
    }

    private static boolean isPresent(String type) {
        var classFile = type.replace('.', '/') + ".class";
        return ClassPathRules.class.getClassLoader().getResource(classFile) != null;
    }
}
