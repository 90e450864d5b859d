/**
 * The arithmetic of the autoscalers in {@code k8s/components/autoscaling}, without a cluster: the formulas of the
 * Kubernetes controller, read from the manifests, against a sale of a load test.
 */
@NullMarked
package com.flashsale.manifests.autoscale;

import org.jspecify.annotations.NullMarked;
