package com.flashsale.manifests;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The topics and consumer groups in the services' settings and listeners. */
final class Topics {

    static final String DEAD_LETTERS = Settings.first(
            "platform/service/src/main/java/com/flashsale/platform/messaging/DeadLetters.java",
            "SUFFIX = \"([^\"]+)\"");

    private static final Map<String, Settings.Topic> ALL = new LinkedHashMap<>();

    static {
        for (var service : Settings.SERVICES) {
            ALL.putAll(Settings.of(service).produces());
            for (var topic : Settings.of(service).consumes())
                ALL.put(topic + DEAD_LETTERS, new Settings.Topic(1, false));
        }
    }

    private Topics() {}

    static Map<String, Settings.Topic> all() {
        return ALL;
    }

    /** Consumer groups that the listeners of a service name, in place or by a constant. */
    static List<String> groups(String service) {
        return Settings.inCode(service, "(?:groupId = |String (?:GROUP|CONSUMER) = )\"([^\"]+)\"");
    }
}
