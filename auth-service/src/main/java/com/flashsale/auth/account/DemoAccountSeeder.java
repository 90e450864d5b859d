package com.flashsale.auth.account;

import com.flashsale.auth.password.PasswordHashing;
import com.flashsale.platform.time.Ids;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * People to play with on a laptop. They exist only where their password is configured, before the service says that it
 * is ready.
 */
@Component
public class DemoAccountSeeder implements ApplicationRunner {

    public record Persona(String email, String displayName) {}

    private static final List<Persona> ALL = List.of(
            new Persona("ada@demo.example", "Ada"),
            new Persona("bob@demo.example", "Bob"),
            new Persona("vip@demo.example", "VIP"),
            new Persona("bot@demo.example", "Bot"));

    private static final Logger log = LoggerFactory.getLogger(DemoAccountSeeder.class);

    private final Accounts accounts;
    private final PasswordHashing hashing;
    private final PersonaSettings settings;

    DemoAccountSeeder(Accounts accounts, PasswordHashing hashing, PersonaSettings settings) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.settings = settings;
    }

    /** None where their password is not configured. */
    public List<Persona> available() {
        return settings.wanted() ? ALL : List.of();
    }

    /** Two replicas may do this at once: the address is unique, and both write a hash of the same password. */
    @Override
    public void run(ApplicationArguments arguments) {
        if (!settings.wanted()) return;
        for (var persona : ALL) {
            accounts.addOrUpdate(
                    new Account(Ids.next(), persona.email(), persona.displayName()),
                    hashing.hashAtStart(settings.password()));
        }
        log.warn("Demo accounts can sign in; do not use this instance for real customers");
    }
}
