package com.flashsale.platform.test;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.sample.SampleApplication;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule that has never failed may check nothing: each meets a package that breaks it, and only it. */
class ArchitectureRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cycle    | features know each other in one direction only              | Cycle detected
            stranger | a service shares mechanism, never another service's classes | SampleApplication
            unmarked | every package says @NullMarked in its package-info          | unmarked
            open     | types are package-private by default                        | 2 of 3 types are public
            edge     | controllers, listeners and jobs write no SQL                | Reports
            edge     | controllers, listeners and jobs write no SQL                | Copies
            edge     | controllers, listeners and jobs write no SQL                | CleaningJob
            value    | records and sealed types know no Spring                     | Answer
            value    | records and sealed types know no Spring                     | Outcome
            field    | dependencies come by the constructor, never into a field    | Injected.text
            field    | dependencies come by the constructor, never into a field    | Injected.setting
            time     | time comes from Clock, ids from Ids                         | Thin.instant()
            time     | time comes from Clock, ids from Ids                         | Thin.today()
            time     | time comes from Clock, ids from Ids                         | Thin.millis()
            time     | time comes from Clock, ids from Ids                         | Thin.id()
            remote   | no remote call inside a transaction                         | Charge.charge()
            """)
    void each_rule_catches_its_known_violation_and_no_other_rule_does(String name, String rule, String culprit) {
        var violations = violations("com.flashsale.violation." + name);

        assertThat(violations).singleElement().asString().startsWith(rule).contains(culprit);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cycle    | packages have no cycle                             | Cycle detected
            deep     | packages have no cycle                             | Cycle detected
            unmarked | every package says @NullMarked in its package-info | unmarked
            """)
    void each_rule_for_tools_catches_its_known_violation(String name, String rule, String culprit) {
        var root = "com.flashsale.violation." + name;

        var violations = ArchitectureRules.violationsOfPackages(root, imported(root));

        assertThat(violations).singleElement().asString().startsWith(rule).contains(culprit);
    }

    @Test
    void a_library_that_each_start_would_pay_for_is_found_on_the_class_path() {
        var reasons = Map.of("org.junit.jupiter.api.Test", "a test library", "org.example.Absent", "not there");

        assertThat(ClassPathRules.violations(reasons))
                .containsExactly("the class path of a service has no org.junit.jupiter.api.Test: a test library");
        assertThat(ClassPathRules.violations()).isEmpty();
    }

    @Test
    void a_tool_without_classes_is_not_checked() {
        assertThatThrownBy(() -> ArchitectureRules.checkPackages(SampleApplication.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nothing is checked");
    }

    @Test
    void time_from_a_clock_is_welcome() {
        assertThat(violations("com.flashsale.violation.time").getFirst()).doesNotContain("java.time.Clock)");
    }

    @Test
    void a_service_that_keeps_the_rules_passes() {
        assertThat(violations(SampleApplication.class.getPackageName())).isEmpty();
    }

    @Test
    void a_word_of_the_domain_in_mechanism_is_found_in_types_fields_and_methods() {
        var violations = ArchitectureRules.violationsOfMechanism(imported("com.flashsale.violation.word"));

        assertThat(violations).singleElement().asString().contains("paidOrders", "isSoldOut", "CustomerFilter");
        assertThat(violations.getFirst()).doesNotContain("reorderWholesale");
    }

    @Test
    void the_platform_is_mechanism() {
        var platform = imported("com.flashsale.platform")
                .that(describe("main code", type -> !type.getPackageName().startsWith("com.flashsale.platform.test")));

        assertThat(platform.size()).isGreaterThan(40);
        assertThat(ArchitectureRules.violationsOfMechanism(platform)).isEmpty();
    }

    /** Here and not in {@code engines}, which this module depends on. */
    @Test
    void the_engines_keep_the_rules_for_tools() {
        var engines = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("com.flashsale.engines");

        assertThat(engines.size()).isGreaterThan(20);
        assertThat(ArchitectureRules.violationsOfPackages("com.flashsale.engines", engines))
                .isEmpty();
    }

    @Test
    void the_packages_of_the_platform_have_no_cycle() {
        var platform = imported("com.flashsale.platform");

        assertThat(ArchitectureRules.violationsOfPackages("com.flashsale.platform", platform))
                .isEmpty();
    }

    @Test
    void where_there_is_no_class_nothing_is_fine() {
        // the sample is test code, which is not imported
        assertThatThrownBy(() -> ArchitectureRules.check(SampleApplication.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nothing is checked");
    }

    private static List<String> violations(String root) {
        return ArchitectureRules.violations(root, imported(root));
    }

    private static JavaClasses imported(String root) {
        return new ClassFileImporter()
                .withImportOption(ArchitectureRulesTest::isNoTest)
                .importPackages(root);
    }

    private static boolean isNoTest(Location location) {
        return !location.contains("IT.class");
    }
}
