package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.flashsale.manifests.autoscale.Measurements;
import com.flashsale.manifests.autoscale.Recording;
import com.flashsale.manifests.autoscale.Replay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sales of the load tests against the autoscalers of the overlays: production until the lead, production-sale from then
 * on. In no second do the visitors need more than the ready pods have, and no autoscaler wants more than its maximum.
 */
class SaleReplayTest {

    private static final String LEAD = "flash-sale.example/sale-lead";
    private static final double MILLI = 1_000;

    private static final JsonNode MEASURED =
            Overlays.parse(read("/sale/measured.yaml")).getFirst().json();

    /** @param overlay whose autoscalers serve from the lead on */
    private record Sale(String name, String overlay, Recording recording) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Sale> SALES = Resource.each(MEASURED.path("replays"))
            .map(replay -> new Sale(
                    replay.path("name").asText(),
                    replay.path("overlay").asText(),
                    new Recording(
                            read("/sale/" + replay.path("recording").asText()),
                            replay.path("times").asDouble(),
                            replay.path("stretch").asInt())))
            .toList();

    private static final List<String> SERVICES =
            List.of("gateway", "catalog-service", "inventory-service", "order-service", "waitlist-service");

    static Stream<Arguments> salesAndServices() {
        return SALES.stream().flatMap(sale -> SERVICES.stream().map(service -> Arguments.of(sale, service)));
    }

    private static Sale sale(String name) {
        return SALES.stream()
                .filter(sale -> sale.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String read(String file) {
        try (var stream = SaleReplayTest.class.getResourceAsStream(file)) {
            if (stream == null) throw new IllegalStateException(file + " is missing");
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Resource scaler(Build build, String service) {
        return build.of("HorizontalPodAutoscaler", "ScaledObject")
                .filter(scaler -> scaler.name().equals(service))
                .findFirst()
                .orElseThrow();
    }

    private static Replay.Outcome replay(Sale sale, Build forSale, String service) {
        var container = Build.pod(forSale.find("Deployment", service).orElseThrow())
                .containers()
                .findFirst()
                .orElseThrow();
        double cores =
                Quantities.millicores(container.at("/resources/requests/cpu").asText()) / MILLI;
        var scaler = scaler(forSale, service);
        var lead = Duration.parse("PT" + scaler.annotation(LEAD).toUpperCase(Locale.ROOT));
        return new Replay(service, cores, sale.recording(), Measurements.of(MEASURED))
                .run(
                        scaler(Overlays.build("production"), service).json(),
                        scaler.json(),
                        Math.toIntExact(lead.toSeconds()));
    }

    @ParameterizedTest
    @MethodSource("salesAndServices")
    void no_second_is_without_enough_pods(Sale sale, String service) {
        var outcome = replay(sale, Overlays.build(sale.overlay()), service);
        assertThat(outcome.shortages()).as("seconds with a shortage").isEmpty();
        assertThat(outcome.cut()).as("seconds at the maximum").isEmpty();
    }

    @Test
    void the_autoscaler_adds_pods_while_the_sale_runs() {
        var build = Overlays.build("production-sale");
        assertThat(replay(sale("waves"), build, "gateway").most())
                .isGreaterThan(scaler(build, "gateway").number("/spec/minReplicas"));
    }

    @Test
    void the_autoscalers_of_every_day_are_too_late_for_a_sale() {
        for (var name : List.of("opening", "waves"))
            assertThat(replay(sale(name), Overlays.build("production"), "gateway")
                            .shortages())
                    .as(name)
                    .isNotEmpty();
    }

    static List<BadManifest> planted() {
        return BadManifest.all("/sale/bad-autoscalers.yaml");
    }

    @ParameterizedTest
    @MethodSource("planted")
    void a_planted_change_is_found(BadManifest bad) {
        var service = bad.json().path("target").asText().split("/", 2)[1];
        var outcome = replay(sale(bad.json().path("replay").asText()), bad.applied(), service);
        assertThat(outcome.shortages().isEmpty() && outcome.cut().isEmpty()).isFalse();
    }

    @Test
    void each_measurement_names_its_source() {
        for (var part : List.of("/podStart", "/warmUp", "/millis"))
            assertThat(MEASURED.at(part + "/source").asText()).as(part).isNotBlank();
    }
}
