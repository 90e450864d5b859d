package com.flashsale.platform.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.platform.loadtest.PurgeRun.Table;
import com.flashsale.platform.loadtest.PurgeRun.TouchedOthersException;
import com.flashsale.platform.mechanism.MechanismApplication;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.time.Ids;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The run goes, all of it, and nothing else does; a purge that would take more takes nothing. */
@ServiceTest(classes = MechanismApplication.class)
class PurgeRunIT {

    private static final String RUN = "evening-1";

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PurgeRun purgeRun;

    @Autowired
    TransactionTemplate transaction;

    @BeforeEach
    void clean() {
        jdbc.sql("truncate tagged_child, tagged_parent").update();
    }

    @Test
    void it_removes_the_rows_of_the_run_children_first_and_leaves_all_others() {
        var real = parent(null);
        var tagged = parent(RUN);
        var otherRun = parent("evening-2");
        child(real, null);
        child(tagged, RUN);
        child(otherRun, "evening-2");
        var report = purgeRun.purge(RUN);
        assertThat(report.tables())
                .extracting(Table::name)
                .containsSubsequence("tagged_child", "tagged_parent")
                .contains("outbox", "idempotency_record");
        assertThat(table(report, "tagged_parent").removed()).isEqualTo(1);
        assertThat(report.tables()).allSatisfy(table -> {
            assertThat(table.left()).isZero();
            assertThat(table.after()).isEqualTo(table.before());
        });
        assertThat(parents()).containsExactlyInAnyOrder(real, otherRun);
        assertThat(table(purgeRun.purge(RUN), "tagged_parent").removed())
                .as("again")
                .isZero();
    }

    @Test
    void a_large_run_goes_in_portions() {
        // in parts: one statement of this size takes longer on a slow machine than a statement may
        for (int part = 0; part < 8; part++) {
            jdbc.sql("""
                    insert into tagged_parent (id, text, load_test)
                    select gen_random_uuid(), 'row ' || n, case when n % 2 = 0 then :run end
                      from generate_series(1, 30000) n
                    """).param("run", RUN).update();
        }
        var table = table(purgeRun.purge(RUN), "tagged_parent");
        assertThat(table.removed()).isEqualTo(120_000);
        assertThat(table.others()).isEqualTo(120_000);
        assertThat(table.left()).isZero();
    }

    @Test
    void rows_that_real_traffic_writes_meanwhile_do_not_disturb_the_proof() {
        parent(null);
        parent(RUN);
        try (var busy = new BusyWriter(() -> parent(null))) {
            for (int round = 0; round < 5; round++) {
                parent(RUN);
                long before = busy.written();
                while (busy.written() == before) Thread.onSpinWait();
                var table = table(purgeRun.purge(RUN), "tagged_parent");
                assertThat(table.after()).isEqualTo(table.before());
                assertThat(table.left()).isZero();
            }
        }
    }

    @Test
    void a_purge_that_would_take_a_row_of_real_traffic_takes_none() {
        var real = parent(null);
        var tagged = parent(RUN);
        jdbc.sql("""
                create function take_neighbour() returns trigger language plpgsql as $$
                begin
                    delete from tagged_parent where load_test is null;
                    return old;
                end $$;
                create trigger take_neighbour after delete on tagged_parent
                    for each row when (old.load_test is not null) execute function take_neighbour();
                """).update();
        try {
            assertThatThrownBy(() -> purgeRun.purge(RUN)).isInstanceOf(TouchedOthersException.class);
            assertThat(parents()).containsExactlyInAnyOrder(real, tagged);
        } finally {
            jdbc.sql("drop function take_neighbour cascade").update();
        }
    }

    @Test
    void the_digest_sees_a_changed_value_a_missing_row_and_one_too_many() {
        parent(null);
        var second = parent(null);
        var tables = new TaggedTables(jdbc);
        var before = tables.others("tagged_parent", RUN);
        for (var change : List.of(
                "update tagged_parent set text = 'other' where id = :id",
                "delete from tagged_parent where id = :id",
                "insert into tagged_parent (id, text)"
                        + " select gen_random_uuid(), text from tagged_parent where id = :id")) {
            transaction.executeWithoutResult(status -> {
                jdbc.sql(change).param("id", second).update();
                assertThat(tables.others("tagged_parent", RUN)).as(change).isNotEqualTo(before);
                status.setRollbackOnly();
            });
        }
        assertThat(tables.others("tagged_parent", RUN)).isEqualTo(before);
    }

    private UUID parent(@Nullable String run) {
        var id = Ids.next();
        jdbc.sql("insert into tagged_parent (id, text, load_test) values (:id, 'a thing', :run)")
                .param("id", id)
                .param("run", run, java.sql.Types.VARCHAR)
                .update();
        return id;
    }

    private void child(UUID parent, @Nullable String run) {
        jdbc.sql("insert into tagged_child (id, parent, load_test) values (:id, :parent, :run)")
                .param("id", Ids.next())
                .param("parent", parent)
                .param("run", run, java.sql.Types.VARCHAR)
                .update();
    }

    private List<UUID> parents() {
        return jdbc.sql("select id from tagged_parent").query(UUID.class).list();
    }

    private static Table table(PurgeRun.Report report, String name) {
        return report.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
