package com.flashsale.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.flashsale.client.Json;
import com.flashsale.reports.result.Result.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {

    /** 100 orders of 400 visitors. */
    private final CostCard card = CostCard.of(
            100,
            400,
            Map.of("gateway", 110L, "order-service", 190L),
            Map.of("wal", 900_000L, "kafka", 120_000L),
            3_300_000_000L);

    private static Budget budget(String json) {
        return Budget.of(Json.tree(json.replace('\'', '"')), List.of("gateway", "order-service"));
    }

    private List<Check> checks(String json) {
        return budget(json).checks(card);
    }

    @Test
    void a_card_divides_by_orders_and_by_visitors() {
        assertThat(card.cpuMillisPerOrder()).isEqualTo(Map.of("gateway", 1.1, "order-service", 1.9, "total", 3.0));
        assertThat(card.cpuMillisPerVisitor())
                .isEqualTo(Map.of("gateway", 0.275, "order-service", 0.475, "total", 0.75));
        assertThat(card.bytesPerOrder()).isEqualTo(Map.of("wal", 9_000.0, "kafka", 1_200.0));
        assertThat(card.bytesPerVisitor()).isEqualTo(Map.of("wal", 2_250.0, "kafka", 300.0));
        assertThat(card.memoryGigabytes()).isEqualTo(3.3);
    }

    @Test
    void a_card_without_orders_or_memory_leaves_them_out() {
        var poor = CostCard.of(0, 10, Map.of("gateway", 5L), Map.of(), 0);

        assertThat(poor.cpuMillisPerOrder()).isEmpty();
        assertThat(poor.cpuMillisPerVisitor()).containsEntry("total", 0.5);
        assertThat(poor.memoryGigabytes()).isNull();
    }

    @Test
    void a_budget_that_is_kept_holds() {
        assertThat(checks("{'cpuMillisPerOrder': {'total': 3, 'gateway': 1.2}, 'memoryGigabytes': 3.3}"))
                .hasSize(3)
                .allMatch(Check::holds);
    }

    @Test
    void a_bound_that_is_broken_by_a_tenth_says_which_and_by_how_much() {
        assertThat(checks("{'cpuMillisPerOrder': {'gateway': 1.0}, 'bytesPerOrder': {'wal': 9000}}"))
                .containsExactly(
                        new Check(
                                "budget: cpuMillisPerOrder gateway at most 1.000",
                                false,
                                "1.100, 10.0 % above: 0.100 too much"),
                        new Check("budget: bytesPerOrder wal at most 9000", true, "9000, 0.0 % below"));
        assertThat(checks("{'memoryGigabytes': 3}"))
                .containsExactly(new Check(
                        "budget: memoryGigabytes at most 3.000", false, "3.300, 10.0 % above: 0.300 too much"));
    }

    @Test
    void a_cost_that_was_not_measured_breaks_its_bound() {
        assertThat(checks("{'bytesPerVisitor': {'network': 1}}"))
                .containsExactly(
                        new Check("budget: bytesPerVisitor network at most 1.000", false, "not measured in this run"));
        assertThat(budget("{'memoryGigabytes': 3}").checks(null)).noneMatch(Check::holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'cpuPerOrder': {'total': 1}}               | unknown cost 'cpuPerOrder'
            {'cpuMillisPerOrder': {'gatway': 1}}        | unknown name 'gatway' in cpuMillisPerOrder
            {'bytesPerOrder': {'gateway': 1}}           | unknown name 'gateway' in bytesPerOrder
            {'cpuMillisPerOrder': {'total': '1'}}       | must be a positive number
            {'memoryGigabytes': 0}                      | must be a positive number
            {'bytesPerOrder': {}}                       | must be an object with bounds
            {'bytesPerOrder': 12}                       | must be an object with bounds
            {}                                          | no bound
            """, quoteCharacter = '`')
    void a_budget_that_is_not_understood_is_an_error(String json, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> budget(json)).withMessageContaining(message);
    }

    @Test
    void a_file_that_is_missing_or_no_json_is_an_error(@TempDir Path directory) throws IOException {
        var file = directory.resolve("budget.json");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Budget.read(file, List.of()))
                .withMessageContaining("There is no budget");

        Files.writeString(file, "{memory");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Budget.read(file, List.of()))
                .withMessageContaining("is no JSON");

        Files.writeString(file, "{\"memoryGigabytes\": 3.5}");
        assertThat(Budget.read(file, List.of()).checks(card)).allMatch(Check::holds);
    }
}
