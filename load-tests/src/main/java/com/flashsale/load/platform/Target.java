package com.flashsale.load.platform;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.MachineTokens;
import com.flashsale.client.api.UnexpectedAnswer;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.StateFile;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** The platform that runs in this clone, or the one that a description in the run directory names. */
public record Target(Context context, PlatformState state) {

    /** Reads every table and writes none. */
    private static final String AUDIT_ROLE = "audit";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    public static Target running() {
        var home = Home.ofThisRun();
        var state = new StateFile(home)
                .running()
                .orElseThrow(() -> ToolException.prerequisite("Nothing runs here. Start it with ./flashsale up"));
        return new Target(Context.of(home, state), state);
    }

    /**
     * Fails unless the gateway trusts this client as a proxy. The gateway limits each address, and only a trusted proxy
     * can state the many addresses of a crowd.
     */
    public void requireTrust() throws InterruptedException {
        if (!ForwardedForCheck.isGivenBy(context.gatewayUrl())) {
            throw ToolException.prerequisite(
                    "This platform limits all visitors as one address. FLASHSALE_TRUSTED_PROXIES of its gateway must"
                            + " contain the address of this client.");
        }
    }

    /** The address to which the injector connects. */
    public InetSocketAddress gateway() {
        var url = URI.create(context.gatewayUrl());
        if (!"http".equals(url.getScheme()) || url.getPort() < 0) {
            throw ToolException.prerequisite(
                    "The injector needs http and a port, the gateway is " + context.gatewayUrl());
        }
        return new InetSocketAddress(url.getHost(), url.getPort());
    }

    /** Redis as {@code host:port}; empty where the description of the platform names none. */
    public Optional<String> redis() {
        return state.engines().stream()
                .filter(engine -> engine.name().equals("redis"))
                .map(engine -> engine.url().substring(engine.url().indexOf("//") < 0 ? 0 : "redis://".length()))
                .findFirst();
    }

    public Api api() {
        return new Api(context.gatewayUrl());
    }

    /** Retries, because the gateway may not know a service yet right after the start. */
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

    /** A read-only connection without a transaction: each statement sees all committed rows. */
    public Connection read(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", AUDIT_ROLE);
        properties.setProperty("password", context.secrets().password("database." + AUDIT_ROLE));
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("ApplicationName", "flashsale-load");
        var connection = DriverManager.getConnection(
                "jdbc:postgresql://" + context.addresses().postgres() + "/" + database, properties);
        connection.setReadOnly(true);
        return connection;
    }

    public String kafka() {
        return context.addresses().kafka();
    }
}
