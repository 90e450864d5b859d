package com.flashsale.control.http;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.explain.Explain;
import com.flashsale.audit.explain.Explanation;
import com.flashsale.audit.explain.HtmlPage;
import com.flashsale.audit.explain.TextPage;
import com.flashsale.client.Json;
import com.flashsale.client.platform.Context;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The page that explains one order, ticket or customer. */
public final class Explainer {

    /** Each reads topics and logs, so a person waits for the one before, for as long as it may take. */
    private static final int AT_ONCE = 1;

    private static final int LONGEST_WAIT_SECONDS = 5;

    private static final String NO_ORDER = "00000000-0000-7000-8000-000000000000";

    private final Context context;
    private final Semaphore running = new Semaphore(AT_ONCE);
    private final AtomicBoolean warm = new AtomicBoolean();

    public Explainer(Context context) {
        this.context = context;
    }

    /** Explains an order that never was, once, so that the first person does not wait until classes are loaded. */
    public void warmUp() {
        if (!warm.compareAndSet(false, true)) return;
        try {
            explain(NO_ORDER);
        } catch (RefusedException expected) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A terminal asks for text, a script for JSON; a browser, or a client that takes anything, gets a page. */
    static Reply inTheFormOf(String accept, Explanation explanation) {
        if (accept.startsWith("text/plain")) return Reply.text(200, TextPage.of(explanation) + System.lineSeparator());
        if (accept.startsWith("application/json")) return Reply.json(200, Json.pretty(explanation));
        return Reply.page(200, HtmlPage.of(explanation));
    }

    Explanation explain(String id) throws RefusedException, InterruptedException {
        if (!running.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new RefusedException(Problem.OVERLOADED, "Another explanation is being made. Try again in a second.");
        }
        try {
            return explained(id);
        } catch (SQLException failed) {
            throw new RefusedException(Problem.UNAVAILABLE, "PostgreSQL did not answer: " + failed.getMessage());
        } finally {
            running.release();
        }
    }

    private Explanation explained(String id) throws SQLException, RefusedException {
        var limits = Explain.Limits.QUICK;
        var logs = context.home().logs();
        try (var databases = Evidence.databasesOf(context, limits.statement())) {
            var directory = Files.isDirectory(logs) ? logs : null;
            var explain = new Explain(databases, context.addresses().kafka(), directory, limits, Clock.systemUTC());
            return explain.explain(id)
                    .orElseThrow(() -> new RefusedException(
                            Problem.NOT_FOUND,
                            "No service knows this id. Give the id of an order, a payment, an admission, a waitlist"
                                    + " entry or a customer, SALE/NUMBER, or a signed ticket."));
        }
    }
}
