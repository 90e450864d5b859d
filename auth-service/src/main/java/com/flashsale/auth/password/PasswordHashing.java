package com.flashsale.auth.password;

import com.flashsale.platform.groupcommit.OverloadedException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import jakarta.annotation.PreDestroy;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id with the parameters of OWASP's cheat sheet (19 MiB, 2 passes, 1 lane). Hashing is the one expensive
 * operation that a stranger can cause, so it has threads of its own and a short queue. A flood of sign-ins is answered
 * with 503 and leaves the rest of the machine alone.
 */
@Component
public class PasswordHashing {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final HashingSettings settings;
    private final ThreadPoolExecutor pool;
    private final ExecutorService measured;
    private final String decoy;

    PasswordHashing(HashingSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        this.pool = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.queue()),
                Thread.ofPlatform().name("password-hashing-", 1).factory());
        this.measured = ExecutorServiceMetrics.monitor(metrics, pool, "password-hashing", List.of());
        this.decoy = encode("nobody's password");
    }

    /** @throws OverloadedException when too many hashes wait already */
    public String hash(String password) {
        return inTurn(() -> encode(password));
    }

    /**
     * Hashes on the caller's own thread, without a time limit: for the start of the process, when no stranger can ask
     * for it.
     */
    public String hashAtStart(String password) {
        return encode(password);
    }

    /**
     * Compares a password with a stored hash. Without a hash it compares with a decoy and takes the same time, so that
     * response times do not reveal which addresses have an account.
     *
     * @throws OverloadedException when too many hashes wait already
     */
    public boolean matches(String password, @Nullable String stored) {
        var matched = inTurn(() -> matchesAnyForm(password, stored != null ? stored : decoy));
        return matched && stored != null;
    }

    /**
     * Converts text to one form before hashing (NIST SP 800-63B). Keyboards and pasted texts differ in how they write
     * an accented letter or a space.
     */
    public static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /**
     * All forms in which a keyboard may have sent the password: older hashes were made of the characters as they came.
     */
    private static Set<String> formsOf(String password) {
        var forms = new LinkedHashSet<String>();
        forms.add(normalized(password));
        forms.add(password);
        forms.add(Normalizer.normalize(password, Normalizer.Form.NFC));
        forms.add(Normalizer.normalize(password, Normalizer.Form.NFD));
        return forms;
    }

    private boolean matchesAnyForm(String password, String stored) {
        return formsOf(password).stream().anyMatch(form -> argon2.matches(form, stored));
    }

    private String encode(String password) {
        var encoded = argon2.encode(normalized(password));
        if (encoded == null) throw new IllegalStateException("Argon2 made no hash");
        return encoded;
    }

    private <T> T inTurn(Callable<T> work) {
        try {
            var turn = measured.submit(work);
            try {
                return turn.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException tooLong) {
                turn.cancel(true);
                pool.purge();
                throw new OverloadedException("waited too long for a turn to hash a password");
            }
        } catch (RejectedExecutionException full) {
            throw new OverloadedException("too many passwords wait to be hashed");
        } catch (ExecutionException failed) {
            throw new IllegalStateException("hashing a password failed", failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new OverloadedException("stopping");
        }
    }

    @PreDestroy
    void stop() {
        pool.shutdownNow();
    }
}
