package com.flashsale.manifests.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code k8s/preflight} against answers of a cluster that has all, and of one that lacks one thing each. */
class PreflightTest {

    private static final String VERSION = "{\"major\": \"1\", \"minor\": \"32\", \"gitVersion\": \"v1.32.4\"}";

    private static final String DEFINITIONS = """
            argoproj.io AnalysisTemplate v1alpha1,
            argoproj.io Rollout v1alpha1,
            cert-manager.io Certificate v1,
            external-secrets.io ExternalSecret v1,v1beta1,
            gateway.networking.k8s.io Gateway v1,v1beta1,
            gateway.networking.k8s.io HTTPRoute v1,v1beta1,
            kafka.strimzi.io Kafka v1,
            kafka.strimzi.io KafkaNodePool v1,
            kafka.strimzi.io KafkaTopic v1,
            kafka.strimzi.io KafkaUser v1,
            keda.sh ScaledObject v1alpha1,
            keda.sh TriggerAuthentication v1alpha1,
            monitoring.coreos.com PodMonitor v1,
            monitoring.coreos.com PrometheusRule v1,
            monitoring.coreos.com ServiceMonitor v1,
            postgresql.cnpg.io Cluster v1,
            postgresql.cnpg.io ScheduledBackup v1,
            """;

    private static final String DEPLOYMENTS = """
            argo-rollouts quay.io/argoproj/argo-rollouts:v1.9.0
            cert-manager quay.io/jetstack/cert-manager-controller:v1.18.2
            cnpg-system ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0
            external-secrets ghcr.io/external-secrets/external-secrets:v1.0.0
            gateway-system docker.io/envoyproxy/gateway:v1.5.0
            keda ghcr.io/kedacore/keda:2.17.0
            monitoring quay.io/prometheus-operator/prometheus-operator:v0.85.0
            strimzi quay.io/strimzi/operator:1.2.0
            """;

    @TempDir
    private Path folder;

    private RecordedCluster complete() throws IOException {
        return new RecordedCluster(Files.createTempDirectory(folder, "cluster"), "kubectl")
                .answers("version", VERSION)
                .answers("definitions", DEFINITIONS)
                .answers("deployments", DEPLOYMENTS)
                .answers("rollouts-config", "trafficRouterPlugins: [{name: argoproj-labs/gatewayAPI}]\n")
                .answers(
                        "objects",
                        "clusterissuer flash-sale-public\nclusterissuer flash-sale-internal\n"
                                + "clustersecretstore flash-sale\ngatewayclass flash-sale\n")
                .answers("proxies", "10.128.3.7\n10.131.255.1\n")
                .answers("resolvers", "pod/coredns-1\n")
                .answers("metrics", "True")
                .answers("storage", "\ntrue\n")
                .answers("nodes", "32000000Ki a\n32000000Ki b\n32000000Ki c\n");
    }

    @Test
    void a_complete_cluster_lacks_nothing_and_is_not_changed() throws Exception {
        var run = complete().run("preflight", "production");
        assertThat(run.output()).contains("All is there for production").doesNotContain("MISSING");
        assertThat(run.code()).isZero();
        assertThat(run.changes()).isEmpty();
    }

    @Test
    void a_small_cluster_needs_memory_and_a_storage_class_only() throws Exception {
        var small = new RecordedCluster(Files.createTempDirectory(folder, "small"), "kubectl")
                .answers("version", VERSION)
                .answers("resolvers", "pod/coredns-1\n")
                .answers("storage", "true\n")
                .answers("nodes", "8000000Ki \n");
        assertThat(small.run("preflight", "local").code()).isZero();
        var run = small.answers("nodes", "4000000Ki \n").run("preflight", "local");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("MISSING  memory").contains("3906 MiB");
    }

    @Test
    void each_missing_thing_is_named_with_its_remedy() throws Exception {
        lacks("version", "{\"gitVersion\": \"v1.29.9\"}", "Kubernetes 1.30 or newer (preStop.sleep); this is 1.29.9");
        lacks(
                "definitions",
                DEFINITIONS.replace("argoproj.io Rollout v1alpha1,\n", ""),
                "no definition of Rollout/v1alpha1");
        lacks("definitions", DEFINITIONS.replace("Kafka v1,", "Kafka v1beta2,"), "helm install strimzi");
        lacks("deployments", DEPLOYMENTS.replace("keda ", "kedacore "), "no pods in the namespace keda");
        lacks(
                "deployments",
                DEPLOYMENTS.replace("cloudnative-pg:1.30.0", "cloudnative-pg:1.31.0"),
                "no image ghcr.io/cloudnative-pg/cloudnative-pg of a version that fits");
        lacks("rollouts-config", "", "plugin argoproj-labs/gatewayAPI");
        lacks(
                "objects",
                "clusterissuer flash-sale-public\nclustersecretstore flash-sale\n",
                "clusterissuer flash-sale-internal");
        lacks("proxies", "10.128.3.7\n10.244.0.5\n", "trust in the proxies 10.244.0.5");
        lacks("resolvers", "", "no pod of kube-system has the label k8s-app=kube-dns");
        lacks("metrics", "False", "metrics-server/releases/latest/download/components.yaml");
        lacks("storage", "\n\n", "a default StorageClass");
        lacks("nodes", "64000000Ki a\n64000000Ki a\n64000000Ki b\n", "topology.kubernetes.io/zone has 2 values");
        lacks("nodes", "64000000Ki a\n64000000Ki b\n", "three nodes; there are 2");
        lacks("nodes", "1000000Ki a\n1000000Ki b\n1000000Ki c\n", "memory");
    }

    private void lacks(String question, String answer, String expected) throws IOException, InterruptedException {
        var run = complete().answers(question, answer).run("preflight", "production");
        assertThat(run.output()).as(question).contains("MISSING").contains(expected);
        assertThat(run.code()).as(run.output()).isEqualTo(3);
    }

    @Test
    void without_a_cluster_or_with_a_wrong_word_it_says_so() throws Exception {
        var run = complete().refuses("get --raw /version").run("preflight", "local");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("No cluster answers at the current context");
        assertThat(complete().run("preflight", "nowhere").code()).isEqualTo(2);
        assertThat(new RecordedCluster(Files.createTempDirectory(folder, "bare"))
                        .run("preflight")
                        .output())
                .contains("preflight needs kubectl");
    }
}
