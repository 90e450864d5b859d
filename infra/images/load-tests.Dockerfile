# The load tests beside a platform that runs in containers or on a cluster. In the root of the repository:
#   docker build -f infra/images/load-tests.Dockerfile -t flash-sale/load-tests:1.0.0 .
# The platform is described by /var/flashsale/state.json and /var/flashsale/secrets; results go to /var/flashsale/load. How it is made: see the
# recipe of the services, Dockerfile.
ARG JRE=eclipse-temurin:25-jre

FROM --platform=$BUILDPLATFORM ${JRE} AS gathered
ARG SOURCE_DATE_EPOCH=0
WORKDIR /gathered
COPY load-tests/target/lib/ libraries/app/lib/
COPY load-tests/target/load-tests.jar code/app/
COPY load-tests/target/classes/META-INF/sbom/application.cdx.json sbom/app/sbom.cdx.json
# our own libraries change as often as our code
RUN mkdir -p code/app/lib && \
    for own in audit client engines reports; do mv "libraries/app/lib/$own"-*.jar code/app/lib/; done && \
    chmod -R u=rwX,go=rX libraries sbom code && \
    find libraries sbom code -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

FROM ${JRE}
COPY --from=gathered /gathered/libraries/ /
COPY --from=gathered /gathered/sbom/ /
COPY --from=gathered /gathered/code/ /
WORKDIR /app
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=60" LANG=C.UTF-8
USER 10001:10001
# no health check: a command serves no requests and ends by itself, and its exit code is the result
HEALTHCHECK NONE
# tiered compilation for every scenario, as in ./flashsale load: the injector must not limit the run
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", "-Dlogback.configurationFile=load-logback.xml", "-Dflashsale.run=/var/flashsale", "-cp", "/app/*:/app/lib/*", "com.flashsale.load.Main"]
CMD ["smoke"]
ARG VERSION=1.0.0
ARG REVISION=unknown
# a result says which code it is of
ENV FLASHSALE_REVISION=${REVISION}
LABEL org.opencontainers.image.title="flash-sale/load-tests" \
      org.opencontainers.image.description="Measures a flash-sale platform" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="flash-sale"
