package com.flashsale.platform.outbox;

import com.flashsale.platform.test.simulation.FaultyDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.kafka.core.KafkaTemplate;

/** A relay whose steps a simulation takes for it, one batch at a time, on a session of its own. */
public final class RelayTestAccess {

    private static final int BATCH = 4;

    private final OutboxRelay relay;
    private final Connection session;
    private final Connection connection;
    private final ShardLeases leases;

    private RelayTestAccess(FaultyDataSource source, KafkaTemplate<String, byte[]> kafka) throws SQLException {
        var settings = new OutboxSettings(
                true, BATCH, Duration.ofMillis(1), Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(1));
        var sends = new RelaySends(kafka, "/simulation", settings.sendTimeout(), new SimpleMeterRegistry(), Set.of());
        this.relay = new OutboxRelay(source, kafka, settings, sends);
        this.session = source.undisturbed().getConnection();
        session.setAutoCommit(true);
        this.connection = source.disturbed(session);
        this.leases = new ShardLeases(connection);
    }

    public static RelayTestAccess start(DataSource source, KafkaTemplate<String, byte[]> kafka) throws SQLException {
        return new RelayTestAccess((FaultyDataSource) source, kafka);
    }

    /**
     * How many events it published; it tries to get leases only the first time, as a relay does that is a moment old.
     */
    public int publish() throws SQLException {
        return relay.publishBatch(connection, leases.held());
    }

    /** The server ends the session: the locks are free for others, whether the relay has noticed or not. */
    public void loseSession() throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute("select pg_advisory_unlock_all()");
        }
    }

    public void end() throws SQLException {
        if (session.isClosed()) return;
        loseSession();
        session.close();
    }
}
