package com.flashsale.auth.keys;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Keeps this replica's keys current, replaces a key that has signed for long enough, and deletes ended keys. */
@Component
class KeyRotationJob {

    private static final Logger log = LoggerFactory.getLogger(KeyRotationJob.class);

    private final SigningKeys keys;
    private final RotateSigningKey rotation;
    private final KeySettings settings;
    private final Clock clock;

    KeyRotationJob(SigningKeys keys, RotateSigningKey rotation, KeySettings settings, Clock clock) {
        this.keys = keys;
        this.rotation = rotation;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${auth.signing-keys.reload-every}")
    void run() {
        try {
            keys.reload();
            if (newestHasSignedLongEnough()) log.info("Signing key is due: {}", rotation.rotate());
            var ended = rotation.forgetEnded();
            if (ended > 0) log.info("Deleted {} expired signing keys", ended);
        } catch (DataAccessException | TransactionException away) {
            // the known keys stay valid while the database is away; no replica rotates meanwhile
            log.warn("Signing keys could not be reloaded: {}", away.toString());
        }
    }

    private boolean newestHasSignedLongEnough() {
        var newest = keys.published().getLast().key();
        return newest.signsFrom().plus(settings.rotateEvery()).isBefore(clock.instant());
    }
}
