package com.flashsale.local.supervise;

import com.flashsale.client.ToolException;
import com.flashsale.local.process.LogTail;
import java.util.List;

/** A start that a person waits for: one that fails is told with the last words of the process and a likely cause. */
interface StartAttempt {

    int LOG_LINES = 20;

    void run(SupervisedResource supervised) throws StartException, InterruptedException;

    static void of(SupervisedResource supervised, StartAttempt start) {
        var resource = supervised.resource();
        try {
            start.run(supervised);
        } catch (StartException e) {
            throw ToolException.startFailed(
                    resource.id() + " did not start: " + e.getMessage(),
                    Diagnosis.of(resource, LogTail.last(resource.log(), LOG_LINES)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ToolException.startFailed(resource.id() + " was interrupted", List.of());
        }
    }
}
