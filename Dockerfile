# Builds a static program, on the machine that builds and for the one that is asked
# for, and puts it, alone, into an image without a shell. A changed rule builds
# nothing: rules come from the clone, in layers above that of the program.
FROM --platform=$BUILDPLATFORM golang:1.26-bookworm AS build
ARG TARGETARCH
WORKDIR /src
RUN case "$TARGETARCH" in \
      ''|"$(go env GOHOSTARCH)") ;; \
      arm64) apt-get update && apt-get install -y --no-install-recommends gcc-aarch64-linux-gnu libc6-dev-arm64-cross ;; \
      amd64) apt-get update && apt-get install -y --no-install-recommends gcc-x86-64-linux-gnu libc6-dev-amd64-cross ;; \
    esac
COPY go.mod go.sum ./
RUN go mod download
COPY ops/build ops/
COPY internal internal
COPY news news
COPY text text
COPY schedule schedule
COPY matcher matcher
COPY story story
COPY store store
COPY notify notify
COPY watcher watcher
COPY web web
COPY backtest backtest
COPY cmd cmd
ARG VERSION=devel
RUN ops/build "${TARGETARCH:-$(go env GOHOSTARCH)}" "$VERSION" /out/coupwatch
RUN mkdir -p /out/data /out/tmp && chmod 1777 /out/tmp

# The program brings its time zones; what else it needs is put beside it.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/tmp /tmp
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build /out/coupwatch /usr/local/bin/
COPY rules /etc/coupwatch/rules
COPY rules.yaml /etc/coupwatch/
ENV COUPWATCH_RULES=/etc/coupwatch/rules.yaml \
    DATABASE_URL=sqlite:/data/coupwatch.db \
    COUPWATCH_LISTEN=0.0.0.0:8090
USER 65532:65532
VOLUME /data
EXPOSE 8090
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s CMD ["/usr/local/bin/coupwatch", "health", "--alive"]
ENTRYPOINT ["/usr/local/bin/coupwatch"]
CMD ["run"]
