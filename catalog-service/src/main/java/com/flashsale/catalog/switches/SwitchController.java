package com.flashsale.catalog.switches;

import static java.util.stream.Collectors.joining;

import com.flashsale.catalog.operator.RequestValidator;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Operators read and turn the switches; the processes that obey them ask on a path that is not public. */
@RestController
class SwitchController {

    private static final Logger log = LoggerFactory.getLogger(SwitchController.class);

    private static final ProblemType SWITCH_NOT_FOUND =
            new ProblemType("switch-not-found", 404, "There is no switch with this name.");

    private final Switches switches;

    SwitchController(Switches switches) {
        this.switches = switches;
    }

    record All(List<Switch> switches) {}

    record Wanted(@Nullable Boolean on) {

        boolean check() {
            var validator = new RequestValidator();
            var wanted = validator.required("on", on, true);
            validator.complete();
            return wanted;
        }
    }

    @GetMapping("/api/v1/switches")
    All all() {
        return new All(switches.all());
    }

    /** Turning a switch again the same way changes nothing, so a repeated request is harmless. */
    @PutMapping("/api/v1/switches/{name}")
    Switch turn(@AuthenticationPrincipal Jwt operator, @PathVariable String name, @RequestBody Wanted body) {
        var on = body.check();
        if (switches.turn(name, on)) {
            log.warn("{} turned the switch {} {}.", operator.getSubject(), name, on ? "on" : "off");
        }
        return switches.find(name).orElseThrow(() -> notFound());
    }

    /** A line for each switch, read from the table: a few processes ask twice a second. */
    @GetMapping(path = "/internal/v1/switches", produces = MediaType.TEXT_PLAIN_VALUE)
    String states() {
        return switches.all().stream()
                .map(each -> each.name() + (each.on() ? " on\n" : " off\n"))
                .collect(joining());
    }

    private static ProblemException notFound() {
        return new ProblemException(SWITCH_NOT_FOUND, "GET /api/v1/switches lists all switches.");
    }
}
