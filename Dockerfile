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
WORKDIR /source
COPY . .
# What the link leaves out (docs/decisions/0006-release-builds.md has the figures):
# - names of symbols, for nothing loads this program as a library (--no-export-dynamic);
# - tables for unwinding: backtraces go by frame pointers, and nothing catches a C++ exception;
# - functions of which there is a copy already (--icf=all);
# - nine tenths of the relocations, packed; they need glibc 2.36, which the image below has;
# - most of libstdc++, which is found first as an archive.
# The second link lays side by side what a start calls; where valgrind does not work, it changes nothing.
RUN mkdir /link && touch /link/order \
    && ln -s "$(clang -print-file-name=libstdc++.a)" /link/ \
    && printf 'SECTIONS { /DISCARD/ : { *(.eh_frame) } } INSERT AFTER .text;\n' >/link/discard.ld \
    && build=(swift build -c release --product understudy --static-swift-stdlib -Xswiftc -use-ld=lld \
        -Xlinker --no-export-dynamic -Xlinker -T -Xlinker /link/discard.ld -Xlinker --icf=all \
        -Xlinker -z -Xlinker pack-relative-relocs -Xlinker -L/link) \
    && "${build[@]}" \
    && built=$(swift build -c release --static-swift-stdlib --show-bin-path)/understudy \
    && { scripts/link-order "$built" >/link/order || echo 'functions are not ordered' >&2; } \
    && "${build[@]}" -Xlinker --symbol-ordering-file=/link/order -Xlinker --no-warn-symbol-ordering \
    && install -D -s "$built" /out/understudy

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
ENV SWIFT_BACKTRACE=enable=no
USER 10001:10001
WORKDIR /scenarios
# Services over HTTP, control API, services over HTTPS.
EXPOSE 8080 8081 8443
VOLUME ["/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s --retries=3 CMD ["understudy", "health"]
ENTRYPOINT ["understudy"]
CMD ["serve", "--host", "0.0.0.0", "--control-host", "0.0.0.0", "--tls", "--data", "/data"]
