package com.flashsale.platform.switches;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.OpenFeatureAPI;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The switches that a process obeys. An OpenFeature client evaluates them once for each change of the provider's
 * configuration; requests read the result from a {@link Switch}. The API instance is this object's own, since the
 * replicas of a test share one JVM.
 */
public final class Switches implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Switches.class);

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final LearnedProvider provider = new LearnedProvider();
    private final Client client;
    private final Map<String, Switch> switches;

    public Switches(Collection<String> names, MeterRegistry meters) {
        switches = names.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Switch::new));
        for (var each : switches.values()) {
            Gauge.builder("switches.off", each, one -> one.isOn() ? 0 : 1)
                    .description("1 while an operator has turned the switch off")
                    .tag("switch", each.name())
                    .register(meters);
        }
        api.setProviderAndWait(provider);
        client = api.getClient();
        client.onProviderConfigurationChanged(_ -> evaluate());
    }

    /** @throws IllegalArgumentException for a name that this process does not list */
    public Switch named(String name) {
        var known = switches.get(name);
        if (known == null) throw new IllegalArgumentException("not a switch of this process: " + name);
        return known;
    }

    /**
     * Takes over the states by name. Names that are missing keep their state; those of other processes do not count.
     */
    public void learn(Map<String, Boolean> states) {
        provider.learn(states);
    }

    /** One at a time: the SDK runs each event on a thread of its own, and the last one must see the newest states. */
    private synchronized void evaluate() {
        for (var each : switches.values()) {
            var on = client.getBooleanValue(each.name(), true);
            if (each.turn(on)) log.warn("The switch {} is {} now.", each.name(), on ? "on" : "off");
        }
    }

    @Override
    public void close() {
        api.shutdown();
    }
}
