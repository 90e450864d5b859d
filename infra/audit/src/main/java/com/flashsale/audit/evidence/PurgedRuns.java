package com.flashsale.audit.evidence;

import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Load tests whose rows were removed; what topics still tell of them is about nothing. */
final class PurgedRuns {

    private PurgedRuns() {}

    static Set<String> in(Databases databases) throws SQLException {
        var runs = new HashSet<String>();
        if (databases.count("catalog", "select count(to_regclass('load_run'))") == 0) return runs;
        databases.read("catalog", "select run from load_run", row -> runs.add(row.getString(1)));
        return runs;
    }
}
