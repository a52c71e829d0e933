# syntax=docker/dockerfile:1
# The server: `docker build -t vaultdesk .` in the root of the checkout. What it holds and how it runs is tested without a container
# engine: scripts/image.test.ts builds the same /app and runs it as nobody, read-only, with loopback alone.
# For a release name the base by its digest: `docker buildx imagetools inspect node:24.21.0-bookworm-slim`, then NODE=24.21.0-bookworm-slim@sha256:...
ARG NODE=24.21.0-bookworm-slim

FROM node:${NODE} AS build
WORKDIR /src
COPY . .
# No package runs a script of its own here: none that the server needs has one.
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --ignore-scripts \
      --filter vaultdesk --filter "@vaultdesk/server..."
RUN node scripts/image-root.ts /app

FROM node:${NODE}
# Nothing is installed or changed in here: the base's package managers only widen what an intruder could use.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* \
    && install -d -o node -g node /data
COPY --from=build /app /app
WORKDIR /app
ENV HOST=0.0.0.0 PORT=8787 NODE_COMPILE_CACHE=/app/compiled NODE_COMPILE_CACHE_PORTABLE=1
USER 1000:1000
EXPOSE 8787
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# A young generation that does not grow with the machine's memory; 512 MB is the budget (docs/admin/capacity.md).
CMD ["node", "--max-semi-space-size=8", "--max-old-space-size=512", "main.js"]
