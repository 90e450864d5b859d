package com.flashsale.platform.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BloomFilterTest {

    private static final int STRANGERS = 100_000;

    @Test
    void an_added_id_is_found_in_a_set_of_any_size() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            var size = random.nextInt(1, 5_000);
            var ids = idsOf(random, size);
            // also one that holds far more than it was made for
            var filter = BloomFilter.forIds(random.nextInt(0, size + 1));
            ids.forEach(filter::add);

            var handedOver = BloomFilter.ofBytes(filter.toBytes());

            assertThat(ids).as("seed " + seed).allMatch(filter::mayContain).allMatch(handedOver::mayContain);
        }
    }

    @Test
    void of_the_others_one_in_a_hundred_is_taken_for_one_of_them() {
        for (int seed = 0; seed < 5; seed++) {
            var random = new SplittableRandom(seed);
            assertThat(wronglyFound(random, idsOf(random, 20_000)))
                    .as("random ids")
                    .isBetween(0.006, 0.011);
        }
    }

    @Test
    void ids_that_are_made_one_after_the_other_are_told_apart_as_well() {
        var random = new SplittableRandom(7);
        var timed = IntStream.range(0, 20_000)
                .mapToObj(i -> new UUID(0x0198_0000_0000_7000L + ((long) i << 16), 0x8000_0000_0000_0000L | i))
                .toList();

        assertThat(wronglyFound(random, timed)).isBetween(0.006, 0.011);
        var filter = filterOf(timed);
        var neighbours = IntStream.range(20_000, 20_000 + STRANGERS)
                .mapToObj(i -> new UUID(0x0198_0000_0000_7000L + ((long) i << 16), 0x8000_0000_0000_0000L | i));
        assertThat(share(filter, neighbours)).isBetween(0.006, 0.011);
    }

    @Test
    void it_takes_ten_bits_for_each() {
        assertThat(BloomFilter.bytesFor(1_000_000)).isEqualTo(1_250_000);
        assertThat(BloomFilter.forIds(1_000_000).bytes()).isEqualTo(1_250_000);
        assertThat(BloomFilter.bytesFor(0)).isEqualTo(128);
        assertThat(BloomFilter.forIds(0).mayContain(UUID.randomUUID())).isFalse();
        assertThatThrownBy(() -> BloomFilter.ofBytes(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_bits_of_an_id_change_only_with_the_name_of_the_format() {
        var filter = BloomFilter.forIds(0);
        filter.add(UUID.fromString("01980000-0000-7000-8000-000000000001"));

        assertThat(BloomFilter.FORMAT).isEqualTo("bloom-10-7-splitmix64");
        assertThat(BitSet.valueOf(filter.toBytes())).hasToString("{66, 152, 238, 535, 621, 707, 793}");
    }

    private static double wronglyFound(SplittableRandom random, List<UUID> ids) {
        return share(filterOf(ids), Stream.generate(() -> idOf(random)).limit(STRANGERS));
    }

    private static double share(BloomFilter filter, Stream<UUID> strangers) {
        return strangers.filter(filter::mayContain).count() / (double) STRANGERS;
    }

    private static BloomFilter filterOf(List<UUID> ids) {
        var filter = BloomFilter.forIds(ids.size());
        ids.forEach(filter::add);
        return filter;
    }

    private static List<UUID> idsOf(SplittableRandom random, int count) {
        return Stream.generate(() -> idOf(random)).limit(count).toList();
    }

    private static UUID idOf(SplittableRandom random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
