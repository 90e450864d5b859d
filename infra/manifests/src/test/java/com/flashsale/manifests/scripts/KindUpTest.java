package com.flashsale.manifests.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code k8s/kind-up}: from nothing to an open shop; and the form of all scripts of {@code k8s/}. */
class KindUpTest {

    private static final String EIGHT_GIBIBYTES = "8589934592";

    @TempDir
    private Path folder;

    private RecordedCluster machine(String... tools) throws IOException {
        return new RecordedCluster(Files.createTempDirectory(folder, "machine"), tools)
                .answers("memory", EIGHT_GIBIBYTES)
                .answers("images", "")
                .answers("clusters", "")
                .answers("version", "{\"gitVersion\": \"v1.32.2\"}")
                .answers("resolvers", "pod/coredns-1\n")
                .answers("storage", "true\n")
                .answers("nodes", "8100000Ki \n");
    }

    @Test
    void the_first_run_builds_makes_loads_releases_tries_and_opens() throws Exception {
        var run = machine("docker", "kind", "kubectl").run("kind-up");
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.calls().stream().filter(call -> !call.startsWith("kubectl kustomize")))
                .anyMatch(call -> call.matches("kind load docker-image --name flash-sale .*flash-sale/gateway:\\S+.*"))
                .containsSubsequence(
                        "docker compose --profile tools build",
                        "kind get clusters",
                        "kubectl get --raw /version",
                        "kubectl apply --kustomize k8s/cluster",
                        "kubectl apply --kustomize k8s/overlays/local",
                        "kubectl wait --namespace flash-sale-local --for=condition=Complete job/demo --timeout=15m",
                        "kubectl logs --namespace flash-sale-local job/demo --tail=40");
        assertThat(run.calls()).anyMatch(call -> call.startsWith("kind create cluster --name flash-sale --config"));
        assertThat(run.calls().getLast())
                .isEqualTo("kubectl port-forward --namespace flash-sale-local service/gateway 8080:8080");
        assertThat(run.output()).contains("http://localhost:8080/");
    }

    @Test
    void a_second_run_makes_no_second_cluster_and_builds_nothing() throws Exception {
        var machine = machine("docker", "kind", "kubectl");
        machine.run("kind-up", "--no-forward");
        var secrets = machine.secret("personas");
        var run = machine.run("kind-up", "--no-forward");
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.calls()).noneMatch(call -> call.matches("kind create .*|docker compose .*|kubectl create .*"));
        assertThat(run.calls()).noneMatch(call -> call.contains("port-forward"));
        assertThat(run.output())
                .contains("port-forward --namespace flash-sale-local")
                .contains("http://localhost:8080/");
        assertThat(machine.secret("personas")).isEqualTo(secrets);
    }

    @Test
    void a_dry_run_changes_nothing() throws Exception {
        var run = machine("docker", "kind", "kubectl").run("kind-up", "--dry-run");
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.changes()).isEmpty();
        assertThat(run.output()).contains("would run: kind create cluster").endsWith("Nothing was changed.\n");
    }

    @Test
    void a_missing_part_stops_it_before_any_change() throws Exception {
        var bare = machine("docker").run("kind-up");
        assertThat(bare.code()).isEqualTo(3);
        assertThat(bare.output()).contains("kind-up needs these on the PATH: kind kubectl");
        var small = machine("docker", "kind", "kubectl")
                .answers("memory", "4294967296")
                .run("kind-up");
        assertThat(small.code()).isEqualTo(3);
        assertThat(small.output()).contains("Docker has 4096 MiB");
        var stopped =
                machine("docker", "kind", "kubectl").refuses("docker info").run("kind-up");
        assertThat(stopped.code()).isEqualTo(3);
        assertThat(stopped.output()).contains("needs a running Docker engine");
        assertThat(Stream.of(bare, small, stopped).flatMap(run -> run.changes().stream()))
                .isEmpty();
        assertThat(machine("docker", "kind", "kubectl").run("kind-up", "--fast").code())
                .isEqualTo(2);
    }

    @Test
    void a_failed_demo_opens_no_shop() throws Exception {
        var run = machine("docker", "kind", "kubectl").refuses("job/demo").run("kind-up");
        assertThat(run.code()).isEqualTo(6);
        assertThat(run.calls()).noneMatch(call -> call.contains("port-forward"));
    }

    @Test
    void shellcheck_has_no_remark() throws Exception {
        var shellcheck = RecordedCluster.onPath("shellcheck");
        Assumptions.assumeTrue(shellcheck.isPresent(), "NOT PROVED HERE: shellcheck is not on the PATH");
        var command = Stream.concat(
                        Stream.of(shellcheck.orElseThrow().toString(), "src/test/resources/scripts/recorder"),
                        Stream.of("create-secrets", "get-kubectl", "kind-up", "pin", "preflight", "release")
                                .map(name -> RecordedCluster.ROOT
                                        .resolve("k8s/" + name)
                                        .toString()))
                .toList();
        assertThat(remarks(command)).isEmpty();
        var bad = folder.resolve("bad");
        Files.writeString(bad, "#!/bin/sh\nrm -rf $1/*\n");
        assertThat(remarks(List.of(shellcheck.orElseThrow().toString(), bad.toString())))
                .contains("SC2086");
    }

    private String remarks(List<String> command) throws IOException, InterruptedException {
        var output = folder.resolve("remarks");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }
}
