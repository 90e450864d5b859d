package com.flashsale.manifests;

import java.util.List;
import java.util.stream.Stream;

/**
 * All rules over one build. K1 is that it builds, K44 is about compose: see {@link PolicyTest} and {@link ComposeTest}.
 */
final class Rules {

    static final List<Rule> ALL = Stream.of(
                    SchemaRules.RULES,
                    PodRules.RULES,
                    ProcessRules.RULES,
                    ProbeRules.RULES,
                    AvailabilityRules.RULES,
                    MigrationRules.RULES,
                    ScalingRules.RULES,
                    NetworkRules.RULES,
                    ReferenceRules.RULES,
                    IngressRules.RULES,
                    KafkaRules.RULES,
                    RedisRules.RULES,
                    DatabaseRules.RULES,
                    CanaryRules.RULES,
                    DeliveryRules.RULES)
            .flatMap(List::stream)
            .toList();

    private Rules() {}
}
