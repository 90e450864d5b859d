# The commands of infra/cli that need a running platform (demo, audit, crowd, ...) beside one that runs in containers. In the root of the repository:
#   docker build -f infra/images/cli.Dockerfile -t flash-sale/cli:1.0.0 .
# The platform is described by /var/flashsale/state.json and /var/flashsale/secrets. How it is made: see the recipe of the services, Dockerfile.
ARG JRE=eclipse-temurin:25-jre

FROM --platform=$BUILDPLATFORM ${JRE} AS gathered
ARG SOURCE_DATE_EPOCH=0
WORKDIR /gathered
COPY infra/cli/target/lib/ libraries/app/lib/
COPY infra/cli/target/cli.jar code/app/
COPY infra/cli/target/classes/META-INF/sbom/application.cdx.json sbom/app/sbom.cdx.json
# our own libraries change as often as our code
RUN mkdir -p code/app/lib && \
    for own in audit client control-room customers engines labs local reports; do mv "libraries/app/lib/$own"-*.jar code/app/lib/; done && \
    chmod -R u=rwX,go=rX libraries sbom code && \
    find libraries sbom code -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

FROM ${JRE}
COPY --from=gathered /gathered/libraries/ /
COPY --from=gathered /gathered/sbom/ /
COPY --from=gathered /gathered/code/ /
WORKDIR /app
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50" LANG=C.UTF-8
USER 10001:10001
# no health check: a command serves no requests and ends by itself, and its exit code is the result
HEALTHCHECK NONE
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-Dflashsale.run=/var/flashsale", "-cp", "/app/*:/app/lib/*", "com.flashsale.cli.Main"]
CMD ["--help"]
ARG VERSION=1.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="flash-sale/cli" \
      org.opencontainers.image.description="Sells on and audits a flash-sale platform" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="flash-sale"
