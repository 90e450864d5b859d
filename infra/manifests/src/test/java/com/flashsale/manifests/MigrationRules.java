package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;

/** K42: the schema changes before a release, by Jobs that end. */
final class MigrationRules {

    static final List<Rule> RULES =
            List.of(new Rule("K42", "the schema changes before the release", MigrationRules::schemaChangesBefore));

    private static final int MOST_RETRIES = 10;
    private static final int LONGEST_SECONDS = 2 * 3600;

    private MigrationRules() {}

    private static void jobsEnd(Build build, Consumer<String> broken) {
        build.of("Job").forEach(job -> {
            isBetween(job, "/spec/backoffLimit", 0, MOST_RETRIES, broken);
            isBetween(job, "/spec/activeDeadlineSeconds", 1, LONGEST_SECONDS, broken);
            isBetween(job, "/spec/ttlSecondsAfterFinished", 0, 7 * 86_400, broken);
            var migrates = job.name().endsWith("-migration");
            if (migrates && job.at("/spec/suspend").asBoolean()) broken.accept(job + ": is suspended");
            if (job.at("/spec/parallelism").asInt(1) != 1
                    || job.at("/spec/completions").asInt(1) != 1) broken.accept(job + ": runs more than once");
            if (!Build.pod(job).spec().path("restartPolicy").asText().equals("Never"))
                broken.accept(job + ": restarts in place, so its log is lost");
        });
    }

    /** The limits of requests would cancel the build of an index; a busy table still refuses after three seconds. */
    private static void hasTime(Build build, Pod pod, JsonNode job, Consumer<String> broken) {
        var properties = "spring.datasource.hikari.data-source-properties.";
        var settings = PodSettings.of(build, job);
        if (!settings.get(properties + "socketTimeout").equals("0")
                || !settings.get(properties + "options").equals("-c lock_timeout=3000"))
            broken.accept(pod + ": its migration has the time limits of a request");
    }

    private static void isBetween(Resource job, String pointer, int least, int most, Consumer<String> broken) {
        JsonNode stated = job.at(pointer);
        if (!stated.isInt() || stated.asInt() < least || stated.asInt() > most)
            broken.accept(job + ": " + pointer + " is not from " + least + " to " + most);
    }

    /**
     * Jobs migrate before the release: ten pods that start would wait for one lock, and a role that may change tables
     * must not serve requests.
     */
    private static void schemaChangesBefore(Build build, Consumer<String> broken) {
        jobsEnd(build, broken);
        if (!build.isOperated()) return;
        build.of("Deployment")
                .map(Build::pod)
                .filter(pod -> Settings.SERVICES.contains(pod.name()))
                .forEach(pod -> {
                    var service = pod.containers().findFirst().orElseThrow();
                    var jobs = build.find("Job", pod.name() + "-migration").map(Build::pod).stream()
                            .flatMap(Pod::containers)
                            .toList();
                    if (!Pod.env(service, "SPRING_FLYWAY_ENABLED").equals("false"))
                        broken.accept(pod + ": migrates when it starts");
                    if (jobs.size() != 1) {
                        broken.accept(pod + ": has no migration Job");
                        return;
                    }
                    var job = jobs.getFirst();
                    if (!Image.of(job).equals(Image.of(service)))
                        broken.accept(pod + ": its migration Job has another image");
                    if (!Pod.env(job, "JDK_JAVA_OPTIONS").contains("-Dspring.context.exit=onRefresh"))
                        broken.accept(pod + ": the migration never ends");
                    hasTime(build, pod, job, broken);
                    if (Pod.env(job, "SPRING_FLYWAY_ENABLED").equals("false"))
                        broken.accept(pod + ": the migration does nothing");
                    if (Pod.env(job, "DATABASE_USER").equals(Pod.env(service, "DATABASE_USER")))
                        broken.accept(pod + ": serves with the role of the migration");
                });
        var roles = build.clusters()
                .flatMap(cluster -> each(cluster.at("/spec/managed/roles")))
                .toList();
        roles.stream()
                .filter(role -> role.path("superuser").asBoolean()
                        || role.path("createdb").asBoolean()
                        || role.path("createrole").asBoolean()
                        || role.path("replication").asBoolean()
                        || role.path("bypassrls").asBoolean()
                        || !role.path("inRoles").isEmpty())
                .forEach(role -> broken.accept(role.path("name").asText() + " has rights beyond its work"));
    }
}
