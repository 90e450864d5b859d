package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** K1 to K43 of the reliability sheet over every overlay. */
class PolicyTest {

    private static final int LEAST_OBJECTS = 60;

    static List<String> overlays() {
        return Overlays.names();
    }

    private static void holds(String rule, String overlay) {
        assertThat(Rules.named(rule).violations(Overlays.build(overlay)))
                .as(rule + " in " + overlay)
                .isEmpty();
    }

    @Test
    void the_overlays_are_those_that_people_are_told_of() {
        assertThat(overlays())
                .contains("local", "staging", "production", "production-sale", "production-eureka", "load-test");
    }

    @Test
    void every_rule_has_its_test_here() {
        var tested = Arrays.stream(PolicyTest.class.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.matches("k\\d+_.*"))
                .map(name -> name.substring(1, name.indexOf('_')))
                .map(Integer::valueOf)
                .sorted()
                .toList();
        assertThat(tested).isEqualTo(IntStream.rangeClosed(1, 43).boxed().toList());
        assertThat(Rules.ALL).extracting(Rule::id).doesNotHaveDuplicates().hasSize(42);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k1_every_overlay_builds(String overlay) {
        assertThat(Overlays.build(overlay).resources()).hasSizeGreaterThan(LEAST_OBJECTS);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k2_every_object_has_known_fields_of_the_right_type(String overlay) {
        holds("K2", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k3_nothing_required_is_missing_and_every_word_is_allowed(String overlay) {
        holds("K3", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k4_the_namespace_is_restricted(String overlay) {
        holds("K4", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k5_pods_run_as_unprivileged_users(String overlay) {
        holds("K5", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k6_pods_have_no_privileges(String overlay) {
        holds("K6", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k7_pods_have_a_seccomp_profile(String overlay) {
        holds("K7", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k8_pods_cannot_write_on_their_image(String overlay) {
        holds("K8", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k9_pods_have_nothing_of_the_node(String overlay) {
        holds("K9", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k10_pods_have_no_token_and_an_account_each(String overlay) {
        holds("K10", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k11_images_are_pinned(String overlay) {
        holds("K11", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k12_sizes_are_stated(String overlay) {
        holds("K12", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k13_a_jvm_fits_into_its_pod(String overlay) {
        holds("K13", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k14_probes_start_ready_and_live_apart(String overlay) {
        holds("K14", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k15_a_pod_ends_when_no_caller_uses_it_any_more(String overlay) {
        holds("K15", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k16_a_dead_pod_is_forgotten_soon(String overlay) {
        holds("K16", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k17_without_a_registry_services_are_found_by_name(String overlay) {
        holds("K17", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k18_a_node_can_be_drained_one_pod_at_a_time(String overlay) {
        holds("K18", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k19_there_are_three_of_each(String overlay) {
        holds("K19", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k20_replicas_are_spread(String overlay) {
        holds("K20", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k21_a_rollout_adds_before_it_takes_away(String overlay) {
        holds("K21", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k22_services_grow_fast_and_shrink_slowly(String overlay) {
        holds("K22", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k23_workers_grow_with_what_waits(String overlay) {
        holds("K23", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k24_a_sale_finds_enough_pods(String overlay) {
        holds("K24", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k25_the_edges_are_the_list(String overlay) {
        holds("K25", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k26_there_is_one_door_and_management_is_for_monitoring(String overlay) {
        holds("K26", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k27_services_lead_somewhere(String overlay) {
        holds("K27", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k28_what_is_named_is_there(String overlay) {
        holds("K28", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k29_no_secret_is_in_git_or_in_an_environment(String overlay) {
        holds("K29", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k30_the_door_is_encrypted_and_bounded(String overlay) {
        holds("K30", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k31_only_our_proxies_are_believed(String overlay) {
        holds("K31", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k32_kafka_loses_nothing(String overlay) {
        holds("K32", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k33_kafka_users_may_do_what_services_do(String overlay) {
        holds("K33", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k34_a_commit_survives_a_node(String overlay) {
        holds("K34", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k35_connections_suffice_at_the_largest(String overlay) {
        holds("K35", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k36_redis_is_a_valve(String overlay) {
        holds("K36", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k37_a_new_version_goes_step_by_step_and_back_by_itself(String overlay) {
        holds("K37", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k38_everything_is_watched_and_every_alert_has_a_runbook(String overlay) {
        holds("K38", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k39_who_pays_stays_longest(String overlay) {
        holds("K39", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k40_the_namespace_has_bounds_and_the_largest_fits(String overlay) {
        holds("K40", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k41_everything_says_what_it_is(String overlay) {
        holds("K41", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k42_the_schema_changes_before_the_release(String overlay) {
        holds("K42", overlay);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void k43_nothing_for_tests_is_among_customers(String overlay) {
        holds("K43", overlay);
    }
}
