package com.flashsale.manifests.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code k8s/release} and {@code k8s/create-secrets}: their order, their second run, and their end in the middle. */
class ReleaseTest {

    private static final String HEALTHY = "1 1 Healthy ";

    @TempDir
    private Path folder;

    @Test
    void a_small_cluster_gets_its_secrets_before_its_engines_and_its_services_last() throws Exception {
        var cluster = new RecordedCluster(folder, "kubectl");
        var run = cluster.run("release", "local");
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.changes())
                .satisfiesExactly(
                        call -> assertThat(call).isEqualTo("kubectl apply --kustomize k8s/cluster"),
                        call -> assertThat(call).startsWith("kubectl apply --filename "),
                        call -> assertThat(call).startsWith("kubectl create --namespace flash-sale-local --filename "),
                        call -> assertThat(call)
                                .startsWith("kubectl apply --kustomize k8s/overlays/local --selector"
                                        + " app.kubernetes.io/component notin (service,edge,canary,migration"),
                        call -> assertThat(call)
                                .isEqualTo("kubectl delete job --namespace flash-sale-local demo --ignore-not-found"),
                        call -> assertThat(call).isEqualTo("kubectl apply --kustomize k8s/overlays/local"));
        assertThat(run.calls())
                .containsSubsequence(
                        "kubectl rollout status --namespace flash-sale-local statefulset/postgres --timeout=10m",
                        "kubectl apply --kustomize k8s/overlays/local",
                        "kubectl rollout status --namespace flash-sale-local deployment/gateway --timeout=10m");
    }

    @Test
    void production_waits_for_the_vault_the_engines_and_the_schema_and_then_for_each_canary() throws Exception {
        var cluster = new RecordedCluster(folder, "kubectl").answers("rollout", HEALTHY);
        var run = cluster.run("release", "production");
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.calls())
                .containsSubsequence(
                        "kubectl wait --namespace flash-sale --for=condition=Ready externalsecret --all --timeout=5m",
                        "kubectl wait --namespace flash-sale --for=condition=Ready cluster.postgresql.cnpg.io --all"
                                + " --timeout=15m",
                        "kubectl wait --namespace flash-sale --for=condition=Ready kafka/kafka --timeout=15m",
                        "kubectl delete job --namespace flash-sale --selector"
                                + " app.kubernetes.io/component=migration --ignore-not-found",
                        "kubectl apply --kustomize k8s/overlays/production --selector"
                                + " app.kubernetes.io/component in (migration)",
                        "kubectl wait --namespace flash-sale --for=condition=Complete job --selector"
                                + " app.kubernetes.io/component=migration --timeout=60m",
                        "kubectl apply --kustomize k8s/overlays/production");
        assertThat(run.calls().stream().filter(call -> call.startsWith("kubectl get rollout ")))
                .hasSize(6);
        assertThat(run.calls()).noneMatch(call -> call.contains("secrets"));
    }

    @Test
    void a_canary_that_went_back_is_no_release() throws Exception {
        var run = new RecordedCluster(folder, "kubectl")
                .answers("rollout", "2 2 Degraded true")
                .run("release", "production");
        assertThat(run.code()).isEqualTo(6);
        assertThat(run.output()).contains("the canary of auth-service went back");
    }

    @Test
    void a_second_run_applies_again_and_makes_no_secret_again() throws Exception {
        var cluster = new RecordedCluster(folder, "kubectl");
        var first = cluster.run("release", "local");
        var password = cluster.secret("database-orders");
        var second = cluster.run("release", "local");
        assertThat(second.code()).as(second.output()).isZero();
        assertThat(cluster.secret("database-orders")).isEqualTo(password);
        assertThat(second.output()).contains("none was changed");
        assertThat(second.changes().stream().map(call -> call.replaceAll("/tmp\\S+", "TEMPORARY")))
                .containsExactlyElementsOf(first.changes().stream()
                        .filter(call -> !call.startsWith("kubectl create "))
                        .map(call -> call.replaceAll("/tmp\\S+", "TEMPORARY"))
                        .toList());
    }

    @Test
    void a_step_that_fails_is_the_last_one() throws Exception {
        var cluster = new RecordedCluster(folder, "kubectl").refuses("--for=condition=Complete job");
        var run = cluster.run("release", "production");
        assertThat(run.code()).isEqualTo(6);
        assertThat(run.output()).contains("the server refused").contains("goes on from here");
        assertThat(run.calls()).doesNotContain("kubectl apply --kustomize k8s/overlays/production");
        assertThat(run.calls().getLast()).contains("--for=condition=Complete job");
        cluster.refuses("").answers("rollout", HEALTHY);
        assertThat(cluster.run("release", "production").calls())
                .contains("kubectl apply --kustomize k8s/overlays/production");
    }

    @Test
    void a_dry_run_changes_nothing_and_names_each_step() throws Exception {
        for (var overlay : List.of("local", "production")) {
            var run = new RecordedCluster(folder.resolve(overlay), "kubectl").run("release", overlay, "--dry-run");
            assertThat(run.code()).as(run.output()).isZero();
            assertThat(run.changes()).isEmpty();
            assertThat(run.output())
                    .contains("would run: kubectl apply --kustomize k8s/overlays/" + overlay + "\n")
                    .endsWith("Nothing was changed.\n");
        }
    }

    @Test
    void wrong_words_and_a_missing_tool_are_sentences() throws Exception {
        var cluster = new RecordedCluster(folder.resolve("with"), "kubectl");
        assertThat(cluster.run("release").code()).isEqualTo(2);
        assertThat(cluster.run("release", "nowhere"))
                .returns(2, RecordedCluster.Run::code)
                .extracting(RecordedCluster.Run::output)
                .isEqualTo("There is no overlay nowhere in k8s/overlays.\n");
        assertThat(cluster.run("release", "production-sale").output()).contains("A release is of production");
        assertThat(cluster.run("release", "local", "--now").output()).contains("Unknown option: --now");
        var bare = new RecordedCluster(folder.resolve("without"));
        var run = bare.run("release", "local");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("kubectl, which is not on the PATH").contains("get-kubectl");
        assertThat(bare.run("create-secrets", "flash-sale-local").code()).isEqualTo(3);
    }

    @Test
    void a_lost_secret_is_made_again_from_the_values_that_others_hold() throws Exception {
        var cluster = new RecordedCluster(folder, "kubectl");
        cluster.run("create-secrets", "flash-sale-local");
        var all = cluster.secrets();
        var users = cluster.secret("redis-users");
        var loadTest = cluster.secret("load-test");
        var keys = cluster.secret("admission-keys");
        for (var lost : List.of("redis-users", "load-test", "admission-keys")) cluster.lose(lost);
        var run = cluster.run("create-secrets", "flash-sale-local");
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(cluster.secrets()).isEqualTo(all);
        assertThat(cluster.secret("redis-users")).isEqualTo(users);
        assertThat(cluster.secret("load-test")).isEqualTo(loadTest);
        assertThat(cluster.secret("admission-keys")).isNotEqualTo(keys);
    }

    @Test
    void a_cluster_that_does_not_tell_its_secrets_gets_none() throws Exception {
        var cluster = new RecordedCluster(folder, "kubectl").refuses("get secrets");
        assertThat(cluster.run("create-secrets", "flash-sale-local").code()).isNotZero();
        assertThat(cluster.secrets()).isEmpty();
    }
}
