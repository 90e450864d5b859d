package com.flashsale.manifests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.flashsale.manifests.SchemaRules.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1LimitRange;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PriorityClass;
import io.kubernetes.client.openapi.models.V1ResourceQuota;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks Kubernetes' own kinds by two models: one knows types, the other required fields. */
final class CoreModels {

    private interface Required {
        void check(JsonElement json) throws IOException;
    }

    private record Model(Class<?> typed, Required required) {}

    private static final Map<String, Model> MODELS = Map.ofEntries(
            Map.entry("v1/ConfigMap", new Model(ConfigMap.class, V1ConfigMap::validateJsonElement)),
            Map.entry("v1/LimitRange", new Model(LimitRange.class, V1LimitRange::validateJsonElement)),
            Map.entry("v1/Namespace", new Model(Namespace.class, V1Namespace::validateJsonElement)),
            Map.entry("v1/ResourceQuota", new Model(ResourceQuota.class, V1ResourceQuota::validateJsonElement)),
            Map.entry("v1/Secret", new Model(Secret.class, V1Secret::validateJsonElement)),
            Map.entry("v1/Service", new Model(Service.class, V1Service::validateJsonElement)),
            Map.entry("v1/ServiceAccount", new Model(ServiceAccount.class, V1ServiceAccount::validateJsonElement)),
            Map.entry("apps/v1/Deployment", new Model(Deployment.class, V1Deployment::validateJsonElement)),
            Map.entry("apps/v1/StatefulSet", new Model(StatefulSet.class, V1StatefulSet::validateJsonElement)),
            Map.entry(
                    "autoscaling/v2/HorizontalPodAutoscaler",
                    new Model(HorizontalPodAutoscaler.class, V2HorizontalPodAutoscaler::validateJsonElement)),
            Map.entry("batch/v1/CronJob", new Model(CronJob.class, V1CronJob::validateJsonElement)),
            Map.entry("batch/v1/Job", new Model(Job.class, V1Job::validateJsonElement)),
            Map.entry(
                    "networking.k8s.io/v1/NetworkPolicy",
                    new Model(NetworkPolicy.class, V1NetworkPolicy::validateJsonElement)),
            Map.entry(
                    "policy/v1/PodDisruptionBudget",
                    new Model(PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement)),
            Map.entry(
                    "scheduling.k8s.io/v1/PriorityClass",
                    new Model(PriorityClass.class, V1PriorityClass::validateJsonElement)));

    private static final ObjectMapper STRICT = strict();

    private CoreModels() {}

    /** A mapper that refuses unknown fields, numbers for texts and texts for numbers. */
    private static ObjectMapper strict() {
        var mapper = JsonMapper.builder()
                .annotationIntrospector(new JacksonAnnotationIntrospector() {
                    @Override
                    public Boolean hasAnySetter(Annotated member) {
                        return false;
                    }
                })
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
        var text = mapper.coercionConfigFor(LogicalType.Textual);
        for (var shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            text.setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    static boolean knows(Resource resource) {
        return MODELS.containsKey(resource.apiVersion() + "/" + resource.kind());
    }

    static List<Shape> look(Resource resource) {
        var model = MODELS.get(resource.apiVersion() + "/" + resource.kind());
        var shapes = new ArrayList<Shape>();
        if (model == null) return List.of(new Shape(false, "is of no known kind"));
        try {
            STRICT.treeToValue(resource.json(), model.typed());
        } catch (JsonProcessingException e) {
            shapes.add(new Shape(false, e.getOriginalMessage()));
        }
        if (!shapes.isEmpty()) return List.copyOf(shapes);
        try {
            model.required().check(JsonParser.parseString(resource.json().toString()));
        } catch (IOException | RuntimeException e) {
            shapes.add(new Shape(true, String.valueOf(e.getMessage())));
        }
        return List.copyOf(shapes);
    }
}
