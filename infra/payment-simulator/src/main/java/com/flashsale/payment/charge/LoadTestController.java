package com.flashsale.payment.charge;

import com.flashsale.platform.loadtest.PurgeRun;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The merchant's load tests: how much there is of one, and how it is removed. Real money cannot be removed this way,
 * nor any other.
 */
@RestController
@RequestMapping("/v1/load-tests/{run}")
class LoadTestController {

    /**
     * @param charges there are, or there were
     * @param tables the proof that nothing else changed
     */
    record Traces(long charges, List<PurgeRun.Table> tables) {}

    private final PurgeRun purgeRun;

    LoadTestController(PurgeRun purgeRun) {
        this.purgeRun = purgeRun;
    }

    @GetMapping
    Traces traces(@PathVariable String run) {
        var report = purgeRun.look(checked(run));
        return new Traces(charges(report).left(), report.tables());
    }

    @DeleteMapping
    Traces remove(@PathVariable String run) {
        var report = purgeRun.purge(checked(run));
        return new Traces(charges(report).removed(), report.tables());
    }

    private static PurgeRun.Table charges(PurgeRun.Report report) {
        return report.tables().stream()
                .filter(table -> table.name().equals("charge"))
                .findFirst()
                .orElseThrow();
    }

    private static String checked(String run) {
        return LoadTest.valid(run)
                .orElseThrow(() ->
                        new ProblemException(ProblemTypes.INVALID_REQUEST, "The name of the load test is not valid."));
    }
}
