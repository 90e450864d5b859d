package com.flashsale.audit.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The explanation names classes of the services, which it does not depend on: the sources hold it to the truth. */
class ReasonsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path HERE = ROOT.resolve("infra/audit/src/main/java/com/flashsale/audit/explain");
    private static final List<String> MODULES = List.of(
            "order-service",
            "inventory-service",
            "waitlist-service",
            "waitlist-service/waiting-room",
            "infra/payment-simulator",
            "platform/service");
    private static final Pattern EVENT =
            Pattern.compile("com\\.flashsale\\.\\w+\\.((?:order|reservation|entry|admission)\\.[\\w-]+)\\.v1");

    private static Set<String> classes() throws IOException {
        var classes = new TreeSet<String>();
        for (var module : MODULES) {
            var sources = ROOT.resolve(module).resolve("src/main/java/com/flashsale");
            try (var files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(file -> sources.relativize(file).toString())
                        .map(file -> file.replace(".java", "").replace('/', '.'))
                        .forEach(classes::add);
            }
        }
        return classes;
    }

    @Test
    void each_class_that_decides_exists_in_the_service_that_is_named() throws IOException {
        var classes = classes();

        assertThat(Reasons.all()).hasSizeGreaterThan(20).allSatisfy(reason -> {
            assertThat(classes).contains(reason.decidedBy());
            assertThat(reason.service())
                    .startsWith(
                            reason.decidedBy().substring(0, reason.decidedBy().indexOf('.')));
            assertThat(reason.why()).endsWith(".");
        });
    }

    @Test
    void each_class_that_wrote_a_row_or_handled_a_message_exists() throws IOException {
        var classes = classes();
        try (var files = Files.list(HERE)) {
            var named = files.map(ReasonsTest::text)
                    .flatMap(text -> Pattern.compile(
                                    "\"((?:order|inventory|waitlist|payment|platform)(?:\\.[a-z]+)+\\.[A-Z]\\w+)\"")
                            .matcher(text)
                            .results()
                            .map(match -> match.group(1)))
                    .collect(Collectors.toSet());

            assertThat(named)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(name -> assertThat(classes).contains(name));
        }
    }

    @Test
    void each_event_that_the_services_publish_about_an_order_or_a_place_has_a_reason() {
        var facts = Stream.of("order-service", "inventory-service", "waitlist-service")
                .map(module -> text(ROOT.resolve(module).resolve("src/main/resources/asyncapi.yaml")))
                .flatMap(text -> EVENT.matcher(text).results().map(match -> match.group(1)))
                .collect(Collectors.toSet());

        assertThat(facts).contains("order.placed", "reservation.held", "entry.offered", "admission.withdrawn");
        assertThat(facts)
                .allSatisfy(fact ->
                        assertThat(Reasons.of(fact, Details.none())).as(fact).isPresent());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
