package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The name of an image, taken apart. */
record Image(String name, String tag, String digest) {

    private static final Pattern OURS =
            Pattern.compile("discovery|gateway|[a-z]+-service|payment-simulator|load-tests|cli");

    /** Images that only a small cluster needs: its engines and its crowds. */
    private static final Set<String> PUBLIC =
            Set.of("postgres", "apache/kafka", "flash-sale/load-tests", "flash-sale/cli");

    private static final Resource RELEASE = Overlays.parse(Settings.read(Path.of("k8s/digests/kustomization.yaml")))
            .getFirst();

    static Image of(JsonNode container) {
        return parse(container.path("image").asText());
    }

    static Image parse(String image) {
        var rest = image;
        var at = rest.indexOf('@');
        var digest = at < 0 ? "" : rest.substring(at + 1);
        rest = at < 0 ? rest : rest.substring(0, at);
        var colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
        return colon < 0
                ? new Image(rest, "", digest)
                : new Image(rest.substring(0, colon), rest.substring(colon + 1), digest);
    }

    /** The repositories of a build: those of {@code k8s/digests} where images are released, else our own names. */
    static Set<String> repositories(Build build) {
        var known = new TreeSet<String>();
        each(RELEASE.at("/images"))
                .forEach(entry -> known.add(
                        entry.path(build.isOperated() ? "newName" : "name").asText()));
        if (!build.isOperated()) known.addAll(PUBLIC);
        return known;
    }

    String shortName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Whether this repository builds the image; the registry does not matter. */
    boolean isOurs() {
        return OURS.matcher(shortName()).matches();
    }
}
