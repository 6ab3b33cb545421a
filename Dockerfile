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
      -o /out/coupwatch ./cmd/coupwatch \
 && mkdir -p /out/data /out/etc/coupwatch \
 && cp -r rules.yaml rules /out/etc/coupwatch/

FROM gcr.io/distroless/static-debian12:nonroot
# The base brings CA roots, time zones and the user nonroot, and no shell.
COPY --from=build /out/coupwatch /usr/local/bin/coupwatch
COPY --from=build --chown=nonroot:nonroot /out/etc/coupwatch /etc/coupwatch
COPY --from=build --chown=nonroot:nonroot /out/data /data
ENV COUPWATCH_RULES=/etc/coupwatch/rules.yaml \
    DATABASE_URL=sqlite:/data/coupwatch.db \
    COUPWATCH_LISTEN=0.0.0.0:8090
USER nonroot
VOLUME /data
EXPOSE 8090
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s CMD ["/usr/local/bin/coupwatch", "health"]
ENTRYPOINT ["/usr/local/bin/coupwatch"]
CMD ["run"]
