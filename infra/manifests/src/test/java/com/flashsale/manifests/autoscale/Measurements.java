package com.flashsale.manifests.autoscale;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The measured properties of a pod and of requests ({@code sale/measured.yaml}, each with its source).
 *
 * @param start seconds from the request for a pod until it is ready
 * @param warmUp seconds from then until it has its full rate
 * @param coldShare of its rate until then
 * @param millis of processor time by kind of request and service
 */
public record Measurements(int start, int warmUp, double coldShare, JsonNode millis) {

    private static final double MILLIS = 1_000;

    public static Measurements of(JsonNode file) {
        return new Measurements(
                file.at("/podStart/seconds").asInt(),
                file.at("/warmUp/seconds").asInt(),
                file.at("/warmUp/coldShare").asDouble(),
                file.path("millis"));
    }

    /** Cores that one service needs for a rate of one kind of request. */
    double cores(String service, String request, double rate) {
        return rate * millis.path(request).path(service).asDouble() / MILLIS;
    }
}
