package com.flashsale.load.platform;

import com.flashsale.launcher.Home;
import com.flashsale.launcher.LauncherException;
import com.flashsale.launcher.client.Api;
import com.flashsale.launcher.client.MachineTokens;
import com.flashsale.launcher.client.UnexpectedAnswer;
import com.flashsale.launcher.secrets.Secrets;
import com.flashsale.launcher.service.Context;
import com.flashsale.launcher.state.PlatformState;
import com.flashsale.launcher.state.StateFile;
import com.flashsale.launcher.topology.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** The platform that runs in this clone. */
public record Target(Context context, PlatformState state) {

    /** Reads every table and writes none. */
    private static final String AUDIT_ROLE = "audit";

    /** With it the gateway believes the address that the injector names, as it would a load balancer's. */
    private static final String TRUST = "FLASHSALE_TRUSTED_PROXIES=127.0.0.1";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    public static Target running() {
        var home = Home.ofThisRun();
        var state = new StateFile(home)
                .running()
                .orElseThrow(() -> LauncherException.prerequisite(
                        "Nothing runs here. Start it with FLASHSALE_LOAD=1 ./flashsale up"));
        var base = state.portBase();
        var ports = new Ports(base == null ? Ports.DEFAULT_BASE : base);
        return new Target(new Context(home, ports, Secrets.at(home.secrets())), state);
    }

    /** The gateway limits an address; a crowd comes from many, and only a trusted proxy can say so. */
    public void requireTrust() throws IOException {
        var gateway = state.services().stream()
                .filter(service -> service.name().equals("gateway"))
                .findFirst()
                .orElseThrow();
        var environment = Path.of("/proc", String.valueOf(gateway.pid()), "environ");
        boolean known = Files.isReadable(environment);
        if (known && !Files.readString(environment, StandardCharsets.ISO_8859_1).contains(TRUST)) {
            throw LauncherException.prerequisite(
                    "This platform limits all visitors as one address. Start it for a load test: FLASHSALE_LOAD=1 ./flashsale up");
        }
    }

    public Api api() {
        return new Api(context.gatewayUrl());
    }

    /** Right after a start a service may not be known to the gateway yet. */
    public String tokenOf(Api api, String client) throws InterruptedException {
        var tokens = new MachineTokens(api);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return tokens.of(client, context.secrets().password("client." + client));
            } catch (UnexpectedAnswer notYet) {
                if (System.nanoTime() > deadline) throw notYet;
                Thread.sleep(AGAIN);
            }
        }
    }

    /** One connection for reading, not in a transaction: each statement sees what is committed. */
    public Connection read(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", AUDIT_ROLE);
        properties.setProperty("password", context.secrets().password("database." + AUDIT_ROLE));
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("ApplicationName", "flashsale-load");
        var connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + context.ports().postgres() + "/" + database, properties);
        connection.setReadOnly(true);
        return connection;
    }

    public String auditPassword() {
        return context.secrets().password("database." + AUDIT_ROLE);
    }

    public String kafka() {
        return "127.0.0.1:" + context.ports().kafka();
    }
}
