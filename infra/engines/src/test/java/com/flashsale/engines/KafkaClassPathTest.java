package com.flashsale.engines;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KafkaClassPathTest {

    @Test
    void only_kafkas_own_jars_are_taken_in_the_same_order_everywhere() {
        var picked = KafkaClassPath.of(
                "/m/target/classes:/r/kafka_2.13-4.2.1.jar:/r/kafka-clients-4.2.1.jar:/r/spring-kafka-4.1.1.jar"
                        + ":/r/spring-core-7.0.9.jar:/r/jackson-core-3.1.5.jar:/r/jackson-core-2.21.5.jar");
        assertThat(picked).isEqualTo("/r/jackson-core-2.21.5.jar:/r/kafka-clients-4.2.1.jar:/r/kafka_2.13-4.2.1.jar");
    }

    @Test
    void a_single_jar_that_names_the_others_in_its_manifest_is_taken_as_it_is() {
        assertThat(KafkaClassPath.of("/opt/program.jar")).isEqualTo("/opt/program.jar");
    }
}
