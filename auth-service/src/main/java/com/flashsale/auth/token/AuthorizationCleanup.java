package com.flashsale.auth.token;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes ended authorizations, in batches. */
@Component
class AuthorizationCleanup {

    private static final Logger log = LoggerFactory.getLogger(AuthorizationCleanup.class);
    private static final int BATCH = 1_000;
    private static final int MOST_BATCHES = 100;

    private final HashingAuthorizationService authorizations;

    AuthorizationCleanup(HashingAuthorizationService authorizations) {
        this.authorizations = authorizations;
    }

    @Scheduled(initialDelayString = "1m", fixedDelayString = "1m")
    void run() {
        try {
            for (int batch = 0; batch < MOST_BATCHES && authorizations.removeEnded(BATCH) == BATCH; batch++) {
                log.debug("Removed {} ended authorizations", BATCH);
            }
        } catch (DataAccessException away) {
            log.warn("Ended authorizations could not be deleted in this run: {}", away.toString());
        }
    }
}
