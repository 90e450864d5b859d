package com.flashsale.manifests;

import java.util.List;

/** What {@code k8s/create-secrets} prints: the Secrets of an overlay that has no vault, made anew at each run. */
final class LocalSecrets {

    private static final List<Resource> ALL = Overlays.parse(Overlays.run(List.of("sh", "k8s/create-secrets")));

    private LocalSecrets() {}

    static List<Resource> all() {
        return ALL;
    }
}
