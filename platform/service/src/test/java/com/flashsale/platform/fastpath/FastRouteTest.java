package com.flashsale.platform.fastpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

class FastRouteTest {

    static final String ID = "0b6f9f6e-7f3f-4f6f-9a57-2b1f7d2c8e11";

    @Test
    void a_path_without_a_variable_matches_itself_alone() {
        var route = aRoute("/things");
        assertThat(route.matches("/things")).isTrue();
        for (var other : List.of("/things/", "/thing", "//things", "/things;v=1", "/th%69ngs", "/THINGS", "")) {
            assertThat(route.matches(other)).as(other).isFalse();
        }
    }

    @Test
    void a_variable_is_a_uuid_and_the_rest_of_the_path_is_literal() {
        var route = aRoute("/things/{id}/parts");
        assertThat(route.matches("/things/" + ID + "/parts")).isTrue();
        assertThat(route.variableOf("/things/" + ID + "/parts")).isEqualTo(UUID.fromString(ID));
        for (var other :
                List.of("/things/" + ID, "/things/" + ID + "/parts/", "/things//parts", "/other/" + ID + "/p")) {
            assertThat(route.matches(other)).as(other).isFalse();
        }
        var noId = "/things/" + "x".repeat(36) + "/parts";
        assertThat(route.matches(noId)).isTrue();
        assertThatThrownBy(() -> route.variableOf(noId)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_second_variable_is_refused() {
        assertThatThrownBy(() -> aRoute("/things/{id}/parts/{part}")).hasMessageContaining("at most one variable");
    }

    private static FastRoute<String> aRoute(String path) {
        return FastRoute.post(path, String.class, true, _ -> ResponseEntity.ok("done"));
    }
}
