/** What the manifests in {@code k8s/} promise, rule by rule (K1 to K44), read from what kustomize builds and from the services' own settings. */
@NullMarked
package com.flashsale.manifests;

import org.jspecify.annotations.NullMarked;
