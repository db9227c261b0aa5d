# syntax=docker/dockerfile:1
# Understudy in an image: built with the Swift toolchain, run on a slim base as a user without rights.
# How to use it stands in docs/guides/docker.md.

FROM swift:6.3-bookworm AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# The versions are those of the base image's distribution.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libssl-dev libyaml-dev zlib1g-dev pkg-config binutils \
        valgrind libc6-dbg \
    && rm -rf /var/lib/apt/lists/*
# Lays the program out at last; without it scripts/release goes on, and the program is a little slower.
# hadolint ignore=DL3008
RUN apt-get update \
    && { apt-get install -y --no-install-recommends bolt-22 || echo 'there is no bolt-22'; } \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN scripts/release /out

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libssl3 libgcc-s1 libyaml-0-2 zlib1g ca-certificates \
    && apt-get clean \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin \
        understudy \
    && install -d -o understudy -g understudy -m 0700 /data \
    && install -d /scenarios
COPY --from=build /out/understudy /usr/local/bin/understudy

LABEL org.opencontainers.image.title="Understudy" \
    org.opencontainers.image.description="Stands in for card-payment gateways, offline." \
    org.opencontainers.image.licenses="Apache-2.0"

# A crash ends the process at once, so that the engine starts it again.
# The allocator's quick lists keep 256 free pieces of each size instead of 7: answers differ in length, and an entry of
# the journal is given back long after its successor was made. All threads share one heap, which lies in large pages
# where the kernel has them (transparent_hugepage at madvise or always): a ledger is large, and read all over.
ENV SWIFT_BACKTRACE=enable=no \
    GLIBC_TUNABLES=glibc.malloc.tcache_count=256:glibc.malloc.arena_max=1:glibc.malloc.hugetlb=1
USER 10001:10001
WORKDIR /scenarios
# Services over HTTP, control API, services over HTTPS.
EXPOSE 8080 8081 8443
VOLUME ["/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s --retries=3 CMD ["understudy", "health"]
ENTRYPOINT ["understudy"]
CMD ["serve", "--host", "0.0.0.0", "--control-host", "0.0.0.0", "--tls", "--data", "/data"]
