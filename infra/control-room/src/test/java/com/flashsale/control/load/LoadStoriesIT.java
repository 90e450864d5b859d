package com.flashsale.control.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.loadtest.LoadTestCommandLine;
import com.flashsale.control.live.Marker;
import com.flashsale.control.live.Timeline;
import com.flashsale.control.load.LoadStories.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Load tests as real processes of the system; a shell stands where the injector stands. */
class LoadStoriesIT {

    private static final LoadStory STORY = LoadStory.named("steady").orElseThrow();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Timeline timeline = new Timeline(Clock.systemUTC());
    private LoadStories stories = running("");

    private LoadStories running(String script) {
        return new LoadStories(LoadStory.all(), _ -> List.of("sh", "-c", script), timeline, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        stories.close();
    }

    @Test
    void the_page_sees_its_last_line_until_a_person_stops_it() throws Exception {
        stories = running("echo first; echo '  second  '; sleep 600");

        assertThat(stories.begin(STORY)).isInstanceOf(Outcome.Begun.class);
        await().atMost(PATIENCE).until(() -> line().equals("second"));
        assertThat(stories.begin(STORY))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("steady runs already"));
        stories.stop();
        stories.stop();

        await().atMost(PATIENCE).until(() -> stories.running() == null);
        assertThat(told()).containsExactly("Load test steady begins: " + STORY.text(), "Load test steady is stopped");
        assertThat(stories.begin(STORY)).isInstanceOf(Outcome.Begun.class);
    }

    @Test
    void one_that_ignores_the_request_to_end_is_killed() throws Exception {
        stories = running("trap '' TERM; echo ready; while :; do sleep 1; done");
        stories.begin(STORY);
        await().atMost(PATIENCE).until(() -> line().equals("ready"));

        stories.stop();

        await().atMost(PATIENCE).until(() -> stories.running() == null);
        assertThat(told()).last().isEqualTo("Load test steady is stopped");
    }

    @Test
    void its_end_is_told_with_the_reason() throws Exception {
        for (var end : List.of("0", "5", "3")) {
            stories = running("echo the reason; exit " + end);
            stories.begin(STORY);
            await().atMost(PATIENCE).until(() -> stories.running() == null);
        }

        assertThat(told().stream().filter(text -> !text.contains("begins")))
                .containsExactly(
                        "Load test steady ends: every condition held",
                        "Load test steady ends: a condition failed, the reason",
                        "Load test steady failed, exit code 3: the reason");
        assertThat(timeline.all().stream().filter(Marker::grave)).hasSize(2);
    }

    @Test
    void a_long_line_is_cut() throws Exception {
        stories = running("head -c 100000 /dev/zero | tr '\\0' x; echo; sleep 600");
        stories.begin(STORY);

        await().atMost(PATIENCE).until(() -> line().endsWith("…"));
        assertThat(line()).hasSizeLessThan(200);
    }

    @Test
    void a_close_ends_it_and_no_other_begins() throws Exception {
        stories = running("sleep 600");
        stories.begin(STORY);

        stories.close();

        await().atMost(PATIENCE).until(() -> stories.running() == null);
        assertThat(stories.begin(STORY)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void a_command_that_is_not_there_leaves_none_running() {
        stories = new LoadStories(LoadStory.all(), _ -> List.of("/no/such/program"), timeline, Clock.systemUTC());

        assertThatThrownBy(() -> stories.begin(STORY)).isInstanceOf(IOException.class);
        assertThat(stories.running()).isNull();
        assertThat(told()).isEmpty();
    }

    @Test
    void load_tests_that_are_not_built_say_so(@TempDir Path empty) {
        assertThatThrownBy(() -> LoadTestCommandLine.of(new Home(empty), STORY.arguments()))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("not built");
        assertThatThrownBy(() -> LoadTestCommandLine.orBuild(new Home(empty), STORY.arguments()))
                .isInstanceOf(ToolException.class);
    }

    @Test
    void load_tests_that_are_not_built_are_built_by_the_command(@TempDir Path clone) throws Exception {
        var script = Files.createFile(clone.resolve("flashsale"));
        assertThat(script.toFile().setExecutable(true)).isTrue();

        assertThat(LoadTestCommandLine.orBuild(new Home(clone), STORY.arguments()))
                .startsWith(script.toString(), "load", "steady");
    }

    private String line() {
        var running = stories.running();
        return running == null ? "" : running.line();
    }

    private List<String> told() {
        return timeline.all().stream().map(Marker::text).toList();
    }
}
