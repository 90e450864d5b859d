package com.flashsale.local.compose;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.platform.Addresses;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.Secrets;
import com.flashsale.client.topology.Ports;
import com.flashsale.local.compose.DockerCompose.Container;
import com.flashsale.local.console.PlatformConsole;
import com.flashsale.local.proof.SelfTest;
import com.flashsale.local.starter.StarterShop;
import com.flashsale.local.supervise.ResourceStatus;
import com.flashsale.local.supervise.ResourceStatus.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the containers, shows each as it comes up, and says READY when a purchase through the gateway was paid. */
public final class ComposeUp {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(8);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final String DEFAULT_PORT = "8080";

    private final Home home;
    private final DockerCompose compose;
    private final PlatformConsole console;
    private final Duration warmUp;
    private final Map<String, ResourceStatus> shown = new LinkedHashMap<>();

    /** @param warmUp how long a crowd buys before READY; zero for none */
    public ComposeUp(Home home, PlatformConsole console, Duration warmUp) {
        this.home = home;
        this.compose = new DockerCompose(home);
        this.console = console;
        this.warmUp = warmUp;
    }

    /** Returns the text for the person who waits; the containers stay when this process ends. */
    public String run() throws InterruptedException {
        long begun = System.nanoTime();
        compose.require();
        console.say("images", "from the jars that Maven has built");
        compose.build();
        start();
        var gateway = "http://localhost:"
                + Optional.ofNullable(System.getenv("FLASHSALE_PORT")).orElse(DEFAULT_PORT);
        var context = contextOf(gateway);
        new SelfTest(context, PlatformState.stopped(), console, warmUp).run();
        var onSale = StarterShop.tellOf(context);
        console.say("shop", onSale);
        console.close();
        return """
            READY in %d s
              Shop      %s/
              On sale   %s
              API docs  %s/docs
              Next:     ./flashsale demo --mode compose      a sale with a crowd, audited
                        ./flashsale down --mode compose      ends it and forgets its data\
            """.formatted(Duration.ofNanos(System.nanoTime() - begun).toSeconds(), gateway, onSale, gateway);
    }

    private void start() throws InterruptedException {
        compose.services().forEach(name -> shown.put(name, ResourceStatus.waiting(name)));
        var starting = compose.start();
        long begun = System.nanoTime();
        try {
            while (starting.isAlive()) {
                show(compose.containers(), Duration.ofNanos(System.nanoTime() - begun));
                if (System.nanoTime() - begun > START_TIMEOUT.toNanos()) throw failure();
                Thread.sleep(BETWEEN_LOOKS);
            }
        } finally {
            starting.destroy();
        }
        show(compose.containers(), Duration.ofNanos(System.nanoTime() - begun));
        if (starting.exitValue() != 0) throw failure();
    }

    private void show(List<Container> containers, Duration since) {
        for (var container : containers) {
            var before = shown.get(container.service());
            var state = stateOf(container);
            if (before == null || before.state() == state) continue;
            var took = state == State.READY ? since : null;
            var note = state == State.FAILED ? container.state() + ", exit code " + container.exitCode() : "";
            var now = new ResourceStatus(container.service(), state, null, took, 0, note);
            shown.put(container.service(), now);
            console.changed(now, List.copyOf(shown.values()));
        }
    }

    private static State stateOf(Container container) {
        if (container.isReady()) return State.READY;
        if (container.hasFailed()) return State.FAILED;
        return container.state().equals("running") ? State.STARTING : State.WAITING;
    }

    private ToolException failure() {
        var details = new ArrayList<String>();
        var bad = compose.containers().stream().filter(it -> !it.isReady()).toList();
        bad.stream()
                .filter(Container::hasFailed)
                .findFirst()
                .or(() -> bad.stream().findFirst())
                .ifPresent(first -> {
                    details.add(
                            "not ready: " + bad.stream().map(Container::service).toList());
                    details.add("the last lines of " + first.service() + ":");
                    details.addAll(compose.lastLines(first.service()));
                });
        details.add("what docker compose said: " + home.root().relativize(compose.log()));
        return ToolException.startFailed("The containers did not all become healthy.", details);
    }

    /** The context of the proof: the gateway's address and the credentials of its machine clients. */
    private Context contextOf(String gateway) {
        try {
            var file = home.run().resolve("compose.secrets");
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, compose.secrets());
            var addresses = new Addresses(gateway, "postgres:5432", "kafka:9092", "redis:6379");
            return new Context(home, new Ports(Ports.DEFAULT_BASE), Secrets.at(file), addresses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
