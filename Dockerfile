# Builds a static binary and puts it, alone, into an image without a shell.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=devel
RUN CGO_ENABLED=1 go build -trimpath -buildvcs=false \
      -tags sqlite_omit_load_extension,netgo,osusergo \
      -ldflags "-s -w -X main.release=${VERSION} -extldflags '-static'" \
      -o /out/usr/local/bin/coupwatch ./cmd/coupwatch \
 && mkdir -p /out/data /out/tmp /out/etc/coupwatch /out/etc/ssl/certs \
 && cp -r rules.yaml rules /out/etc/coupwatch/ \
 && cp /etc/ssl/certs/ca-certificates.crt /out/etc/ssl/certs/ \
 && chown 65532:65532 /out/data && chmod 1777 /out/tmp

# The binary brings its time zones; what else it needs was put beside it.
FROM scratch
COPY --from=build /out/ /
ENV COUPWATCH_RULES=/etc/coupwatch/rules.yaml \
    DATABASE_URL=sqlite:/data/coupwatch.db \
    COUPWATCH_LISTEN=0.0.0.0:8090
USER 65532:65532
VOLUME /data
EXPOSE 8090
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s CMD ["/usr/local/bin/coupwatch", "health", "--alive"]
ENTRYPOINT ["/usr/local/bin/coupwatch"]
CMD ["run"]
