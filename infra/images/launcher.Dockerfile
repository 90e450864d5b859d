# The launcher's commands that need a running platform (demo, audit, crowd, ...) beside one that runs in containers. In the root of the repository:
#   docker build -f infra/images/launcher.Dockerfile -t flash-sale/launcher:1.0.0 .
# The platform is described by /var/flashsale/state.json and /var/flashsale/secrets.
ARG JRE=eclipse-temurin:25-jre
FROM ${JRE}
ARG VERSION=1.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="flash-sale/launcher" \
      org.opencontainers.image.description="Sells on and audits a flash-sale platform" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="flash-sale"
WORKDIR /app
COPY infra/launcher/target/lib/ ./lib/
COPY infra/launcher/target/launcher.jar ./
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50" LANG=C.UTF-8
USER 10001:10001
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-Dflashsale.run=/var/flashsale", "-cp", "/app/*:/app/lib/*", "com.flashsale.launcher.Main"]
CMD ["--help"]
