package com.flashsale.load.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.reports.law.CapacityLaw;
import com.flashsale.reports.law.Hold;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LawFinderTest {

    private static Hold hold(double share) {
        return new Hold(share * 600, Map.of("gateway", 0.1 + share), 0);
    }

    @Test
    void the_rates_give_a_law_even_if_one_of_them_is_not_held() {
        for (var missing : LawFinder.SHARES) {
            var holds = LawFinder.SHARES.stream()
                    .filter(share -> !share.equals(missing))
                    .map(LawFinderTest::hold)
                    .toList();
            assertThat(CapacityLaw.of(holds, 2, List.of()).problem()).isEmpty();
        }
    }

    @Test
    void the_rates_stay_below_the_limit_and_neither_rise_nor_fall_with_time() {
        var shares = LawFinder.SHARES;
        double mean = shares.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double trend = IntStream.range(0, shares.size())
                .mapToDouble(i -> (i - 2) * (shares.get(i) - mean))
                .sum();

        assertThat(shares).allMatch(share -> share > 0 && share < 1);
        // 1.5 for the same shares in order
        assertThat(Math.abs(trend)).isLessThan(1e-9);
    }
}
