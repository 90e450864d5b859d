package com.flashsale.platform.loadtest;

import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import com.flashsale.platform.problem.ProblemTypes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints for callers with the scope {@code load-test}, inside the cluster: the gateway does not route here. */
@RestController
@RequestMapping(LoadTestController.PATH)
class LoadTestController {

    static final String PATH = "/internal/v1/load-tests";

    private static final ProblemType BUSY =
            new ProblemType("load-test-busy", 409, "Requests of this load test are still served.");

    /** A run counts as busy for 5 s after its last request, unless load tests are switched off. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private static final ProblemType NOT_CLOSED =
            new ProblemType("load-test-not-closed", 409, "Close the run first, so that nothing new comes of it.");

    private final LoadTests loadTests;
    private final LoadSwitch stored;
    private final PurgeRun purgeRun;

    LoadTestController(LoadTests loadTests, LoadSwitch stored, PurgeRun purgeRun) {
        this.loadTests = loadTests;
        this.stored = stored;
        this.purgeRun = purgeRun;
    }

    /** The switch and the purged runs as this replica knows them. */
    record State(boolean served, List<String> purged) {}

    record Switch(boolean served) {}

    /** @param quietForMillis since this replica's last request of the run; null if it had none */
    record Run(String run, boolean closed, @Nullable Long quietForMillis) {}

    @GetMapping
    State state() {
        return new State(
                loadTests.areServed(), loadTests.purged().stream().sorted().toList());
    }

    @PutMapping("/switch")
    State turn(@RequestBody Switch wanted) {
        stored.turn(wanted.served());
        loadTests.look();
        return state();
    }

    @GetMapping("/runs/{run}")
    Run run(@PathVariable String run) {
        var quiet = loadTests.quietFor(checked(run)).map(Duration::toMillis).orElse(null);
        return new Run(run, loadTests.isPurged(run), quiet);
    }

    /**
     * Closes the run: from now on no request of it is served and no message of it is taken from a topic. Other replicas
     * follow within half a second.
     */
    @PostMapping("/runs/{run}/closing")
    Run close(@PathVariable String run) {
        var quiet = loadTests.quietFor(checked(run));
        if (loadTests.areServed() && quiet.isPresent() && quiet.get().compareTo(QUIET) < 0) {
            throw new ProblemException(BUSY, "Switch load tests off, or wait for its end.").retryAfter(QUIET);
        }
        stored.purged(run);
        loadTests.look();
        return run(run);
    }

    @GetMapping("/runs/{run}/traces")
    PurgeRun.Report traces(@PathVariable String run) {
        return purgeRun.look(checked(run));
    }

    /** Removes all data of the run; the response is the proof. */
    @PostMapping("/runs/{run}/purge")
    PurgeRun.Report purge(@PathVariable String run) {
        if (!loadTests.isPurged(checked(run)))
            throw new ProblemException(NOT_CLOSED, "POST …/closing, then wait for all.");
        return purgeRun.purge(run);
    }

    private static String checked(String run) {
        return LoadTest.valid(run)
                .orElseThrow(() ->
                        new ProblemException(ProblemTypes.INVALID_REQUEST, "The name of the load test is not valid."));
    }
}
