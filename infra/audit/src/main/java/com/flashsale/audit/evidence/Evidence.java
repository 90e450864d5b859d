package com.flashsale.audit.evidence;

import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.Databases;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The evidence that an audit looks at: the databases, the topics, and the clients' own records of their requests. Used
 * by one thread.
 *
 * @param topics null where there is no broker; then an event on its way looks like a lost event, and the audit searches
 *     for neither
 * @param histories the directory of the clients' {@code *.jsonl}; null or empty where no client wrote one
 */
public record Evidence(
        Databases databases,
        @Nullable Topics topics,
        @Nullable Path histories) implements AutoCloseable {

    /** Reads every table and writes none. */
    private static final String ROLE = "audit";

    /** The evidence of the platform that runs here. */
    public static Evidence of(Context context) {
        return new Evidence(
                databasesOf(context),
                new Topics(context.addresses().kafka()),
                context.home().run().resolve("history"));
    }

    public static Evidence of(Databases databases) {
        return new Evidence(databases, null, null);
    }

    /** The databases of this platform, for reading only, wherever they are. */
    public static Databases databasesOf(Context context) {
        return new Databases(
                context.addresses().postgres(), ROLE, context.secrets().password("database." + ROLE));
    }

    /** The same for questions that are to be answered soon. */
    public static Databases databasesOf(Context context, Duration longestStatement) {
        return new Databases(
                context.addresses().postgres(), ROLE, context.secrets().password("database." + ROLE), longestStatement);
    }

    @Override
    public void close() throws SQLException {
        try (databases) {
            if (topics != null) topics.close();
        }
    }
}
