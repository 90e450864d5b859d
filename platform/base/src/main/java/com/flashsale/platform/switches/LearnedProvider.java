package com.flashsale.platform.switches;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventProvider;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An OpenFeature provider of the states that the process has learned. A switch without a state has the default. */
final class LearnedProvider extends EventProvider {

    /** More names than any platform has switches. */
    private static final int MOST_NAMES = 100;

    private static final Metadata METADATA = () -> "learned-switches";

    private volatile Map<String, Boolean> states = Map.of();

    synchronized void learn(Map<String, Boolean> told) {
        var known = states;
        var changed = told.entrySet().stream()
                .filter(one -> !one.getValue().equals(known.get(one.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        if (changed.isEmpty()) return;
        var merged = new HashMap<>(known);
        merged.putAll(told);
        if (merged.size() > MOST_NAMES) throw new IllegalArgumentException("too many switches: " + merged.size());
        states = Map.copyOf(merged);
        tell(changed);
    }

    private void tell(List<String> changed) {
        var _ = emitProviderConfigurationChanged(
                ProviderEventDetails.builder().flagsChanged(changed).build());
    }

    @Override
    public Metadata getMetadata() {
        return METADATA;
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(
            String key, Boolean defaultValue, EvaluationContext context) {
        var state = states.get(key);
        return ProviderEvaluation.<Boolean>builder()
                .value(state == null ? defaultValue : state)
                .variant(state == null ? null : state ? "on" : "off")
                .reason((state == null ? Reason.DEFAULT : Reason.CACHED).toString())
                .build();
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(String key, String defaultValue, EvaluationContext context) {
        return onlyOnOrOff(defaultValue);
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(
            String key, Integer defaultValue, EvaluationContext context) {
        return onlyOnOrOff(defaultValue);
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(String key, Double defaultValue, EvaluationContext context) {
        return onlyOnOrOff(defaultValue);
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(String key, Value defaultValue, EvaluationContext context) {
        return onlyOnOrOff(defaultValue);
    }

    private static <T> ProviderEvaluation<T> onlyOnOrOff(T defaultValue) {
        return ProviderEvaluation.<T>builder()
                .value(defaultValue)
                .errorCode(ErrorCode.TYPE_MISMATCH)
                .errorMessage("A switch is on or off.")
                .reason(Reason.ERROR.toString())
                .build();
    }
}
