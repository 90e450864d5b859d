/**
 * The rules of the manifests in {@code k8s/} (K1 to K44), checked against the output of kustomize and the services' own
 * settings.
 */
@NullMarked
package com.flashsale.manifests;

import org.jspecify.annotations.NullMarked;
