package com.flashsale.manifests;

import java.util.List;

/** The Secrets of an overlay without a vault, which {@code k8s/create-secrets} makes anew at each run. */
final class LocalSecrets {

    private static final List<Resource> ALL = Overlays.parse(Overlays.run(List.of("sh", "k8s/create-secrets")));

    private LocalSecrets() {}

    static List<Resource> all() {
        return ALL;
    }
}
