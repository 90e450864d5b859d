package com.flashsale.payment.fault;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DeclinesController {

    record Wanted(@Nullable Integer seconds) {}

    /** @param until new charges are declined before this time */
    record Declining(Instant until) {}

    private final Declines declines;

    DeclinesController(Declines declines) {
        this.declines = declines;
    }

    @PutMapping("/v1/faults/declines")
    Declining decline(@RequestBody Wanted wanted) {
        var seconds = wanted.seconds();
        long most = Declines.LONGEST.toSeconds();
        if (seconds == null || seconds < 0 || seconds > most) {
            throw new ProblemException(ProblemTypes.INVALID_REQUEST, "seconds must be 0 to " + most + ".");
        }
        return new Declining(declines.last(Duration.ofSeconds(seconds)));
    }
}
