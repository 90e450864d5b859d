package com.flashsale.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** The name of an image, taken apart. */
record Image(String name, String tag, String digest) {

    private static final Pattern OURS =
            Pattern.compile("discovery|gateway|[a-z]+-service|payment-simulator|load-tests");

    static Image of(JsonNode container) {
        var rest = container.path("image").asText();
        var at = rest.indexOf('@');
        var digest = at < 0 ? "" : rest.substring(at + 1);
        rest = at < 0 ? rest : rest.substring(0, at);
        var colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
        return colon < 0
                ? new Image(rest, "", digest)
                : new Image(rest.substring(0, colon), rest.substring(colon + 1), digest);
    }

    String shortName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Whether this repository builds the image; the registry does not matter. */
    boolean isOurs() {
        return OURS.matcher(shortName()).matches();
    }
}
