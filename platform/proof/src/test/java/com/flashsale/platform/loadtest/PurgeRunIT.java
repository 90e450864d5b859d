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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    RunKeys keys;

    @Autowired
    TransactionTemplate transaction;

    @BeforeEach
    void clean() {
        jdbc.sql("truncate tagged_child, tagged_parent, owned_note, load_run_key")
                .update();
    }

    @Test
    void it_removes_the_rows_of_the_run_children_first_and_leaves_all_others() {
        var real = parent(null);
        var tagged = parent(RUN);
        var otherRun = parent("evening-2");
        for (var parent : List.of(real, tagged, otherRun)) {
            child(parent);
            note(parent);
        }
        var ownerless = note(null);
        var report = purgeRun.purge(RUN);
        assertThat(report.tables())
                .extracting(Table::name)
                .containsSubsequence("tagged_child", "tagged_parent")
                .containsSubsequence("owned_note", "tagged_parent")
                .contains("outbox", "idempotency_record");
        assertThat(table(report, "tagged_parent").removed()).isEqualTo(1);
        assertThat(report.tables()).allSatisfy(table -> {
            assertThat(table.left()).isZero();
            assertThat(table.after()).isEqualTo(table.before());
        });
        assertThat(parents()).containsExactlyInAnyOrder(real, otherRun);
        assertThat(ids("select parent from tagged_child")).containsExactlyInAnyOrder(real, otherRun);
        assertThat(ids("select parent from owned_note where parent is not null"))
                .containsExactlyInAnyOrder(real, otherRun);
        assertThat(ids("select id from owned_note where parent is null")).containsExactly(ownerless);
        assertThat(table(purgeRun.purge(RUN), "tagged_parent").removed())
                .as("again")
                .isZero();
    }

    @Test
    void rows_that_outlive_their_owner_are_found_by_the_next_purge() {
        var tagged = parent(RUN);
        purgeRun.purge(RUN);
        var late = note(tagged);
        assertThat(table(purgeRun.look(RUN), "owned_note").left()).isEqualTo(1);
        assertThat(table(purgeRun.purge(RUN), "owned_note").removed()).isEqualTo(1);
        assertThat(ids("select id from owned_note")).doesNotContain(late);
    }

    @Test
    void rows_that_come_before_their_owner_go_too() {
        var announced = Ids.next();
        note(announced);
        var real = note(Ids.next());
        keys.remember(RUN, List.of(announced));
        keys.remember(RUN, List.of(announced));
        assertThat(table(purgeRun.purge(RUN), "owned_note").removed()).isEqualTo(1);
        assertThat(ids("select id from owned_note")).containsExactly(real);
    }

    @Test
    void an_owner_that_is_there_decides_whose_its_rows_are() {
        var real = note(parent(null));
        var otherRun = note(parent("evening-2"));
        keys.remember(RUN, ids("select parent from owned_note"));
        assertThat(table(purgeRun.purge(RUN), "owned_note").removed()).isZero();
        assertThat(ids("select id from owned_note")).containsExactlyInAnyOrder(real, otherRun);
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

    @ParameterizedTest
    @ValueSource(strings = {"tagged_parent", "tagged_child", "owned_note"})
    void a_purge_that_would_take_a_row_of_others_takes_none(String table) {
        var real = parent(null);
        var tagged = parent(RUN);
        var otherRun = parent("evening-2");
        for (var parent : List.of(real, tagged, otherRun)) {
            child(parent);
            note(parent);
        }
        var before = ids("select id from " + table);
        // the children of the run have to go first, else their parents cannot
        if (table.equals("tagged_parent")) jdbc.sql("delete from tagged_child").update();
        jdbc.sql("""
                create function take_neighbour() returns trigger language plpgsql as $$
                begin
                    delete from %1$s where '%2$s' in (id::text, to_jsonb(%1$s) ->> 'parent');
                    return old;
                end $$;
                create trigger take_neighbour after delete on %1$s
                    for each row when (pg_trigger_depth() = 0) execute function take_neighbour();
                """.formatted(table, otherRun)).update();
        try {
            assertThatThrownBy(() -> purgeRun.purge(RUN)).isInstanceOf(TouchedOthersException.class);
            assertThat(ids("select id from " + table)).containsExactlyInAnyOrderElementsOf(before);
        } finally {
            jdbc.sql("drop function take_neighbour cascade").update();
        }
    }

    @Test
    void the_digest_sees_a_changed_value_a_missing_row_and_one_too_many() {
        parent(null);
        var second = parent(null);
        var rows = new TaggedRows(jdbc);
        var parents = new TaggedTable("tagged_parent", "load_test = :run", "");
        var before = rows.read(parents, RUN);
        for (var change : List.of(
                "update tagged_parent set text = 'other' where id = :id",
                "delete from tagged_parent where id = :id",
                "insert into tagged_parent (id, text)"
                        + " select gen_random_uuid(), text from tagged_parent where id = :id")) {
            transaction.executeWithoutResult(status -> {
                jdbc.sql(change).param("id", second).update();
                assertThat(rows.read(parents, RUN)).as(change).isNotEqualTo(before);
                status.setRollbackOnly();
            });
        }
        assertThat(rows.read(parents, RUN)).isEqualTo(before);
    }

    private UUID parent(@Nullable String run) {
        var id = Ids.next();
        jdbc.sql("insert into tagged_parent (id, text, load_test) values (:id, 'a thing', :run)")
                .param("id", id)
                .param("run", run, java.sql.Types.VARCHAR)
                .update();
        return id;
    }

    private void child(UUID parent) {
        jdbc.sql("insert into tagged_child (id, parent) values (:id, :parent)")
                .param("id", Ids.next())
                .param("parent", parent)
                .update();
    }

    private UUID note(@Nullable UUID parent) {
        var id = Ids.next();
        jdbc.sql("insert into owned_note (id, parent, text) values (:id, :parent, 'a note')")
                .param("id", id)
                .param("parent", parent, java.sql.Types.OTHER)
                .update();
        return id;
    }

    private List<UUID> parents() {
        return ids("select id from tagged_parent");
    }

    private List<UUID> ids(String query) {
        return jdbc.sql(query).query(UUID.class).list();
    }

    private static Table table(PurgeRun.Report report, String name) {
        return report.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
