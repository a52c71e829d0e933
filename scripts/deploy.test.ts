/** The files that IT runs the server by: shaped as their readers take them, and true of the server that they start. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";

import { Environment } from "../server/src/config-schema.ts";
import { readConfig } from "../server/src/config.ts";
import { ENVIRONMENT } from "../server/src/environment-for-tests.ts";
import { Bedrock } from "../server/src/model-config.ts";
import { ROOT } from "./prove/run.ts";

const text = (path: string) => readFileSync(join(ROOT, path), "utf8");
/** Kubernetes reads YAML 1.1. Throws where it is none, or a key stands twice. */
function documents(path: string): unknown[] {
  return parseAllDocuments(text(path), { version: "1.1", uniqueKeys: true }).map((one) => {
    expect(one.errors).toEqual([]);
    const value: unknown = one.toJS();
    return value;
  });
}

const Labels = z.record(z.string(), z.string());
const Selector = z.strictObject({ matchLabels: Labels });
const Meta = z.strictObject({
  name: z.string(),
  labels: Labels.optional(),
  annotations: Labels.optional(),
});
const Probe = z.strictObject({
  httpGet: z.strictObject({
    path: z.enum(["/healthz", "/readyz"]),
    port: z.union([z.literal("http"), z.literal(8787)]),
  }),
  periodSeconds: z.int().positive(),
  timeoutSeconds: z.int().positive().optional(),
  failureThreshold: z.int().positive(),
});
const Env = z.union([
  z.strictObject({ name: z.string(), value: z.string() }),
  z.strictObject({
    name: z.string(),
    valueFrom: z.strictObject({
      secretKeyRef: z.strictObject({ name: z.string(), key: z.string() }),
    }),
  }),
]);
const Image = z.string().regex(/:0\.1\.0$/, "names its version");
const Cidr = z.string().regex(/^\d+\.\d+\.\d+\.\d+\/\d+$/);
const Ports = z.array(z.strictObject({ protocol: z.enum(["TCP", "UDP"]), port: z.int() }));

const Container = z.strictObject({
  name: z.literal("server"),
  image: Image,
  ports: z.tuple([z.strictObject({ name: z.literal("http"), containerPort: z.literal(8787) })]),
  env: z.array(Env),
  volumeMounts: z.array(
    z.strictObject({ name: z.string(), mountPath: z.string(), readOnly: z.literal(true) }),
  ),
  startupProbe: Probe,
  readinessProbe: Probe,
  livenessProbe: Probe,
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string(), memory: z.string() }),
    limits: z.strictObject({ memory: z.string() }),
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal("ALL")]) }),
  }),
});
const Deployment = z.strictObject({
  apiVersion: z.literal("apps/v1"),
  kind: z.literal("Deployment"),
  metadata: Meta,
  spec: z.strictObject({
    replicas: z.int().min(2),
    selector: Selector,
    strategy: z.strictObject({
      rollingUpdate: z.strictObject({ maxUnavailable: z.literal(0), maxSurge: z.int().positive() }),
    }),
    template: z.strictObject({
      metadata: z.strictObject({ labels: Labels }),
      spec: z.strictObject({
        automountServiceAccountToken: z.literal(false),
        enableServiceLinks: z.literal(false),
        terminationGracePeriodSeconds: z.int(),
        securityContext: z.strictObject({
          runAsNonRoot: z.literal(true),
          runAsUser: z.int().min(1000),
          runAsGroup: z.int().min(1000),
          fsGroup: z.int().min(1000),
          seccompProfile: z.strictObject({ type: z.literal("RuntimeDefault") }),
        }),
        topologySpreadConstraints: z.array(z.unknown()),
        containers: z.tuple([Container]),
        volumes: z.array(
          z.strictObject({
            name: z.string(),
            secret: z.strictObject({ secretName: z.string(), defaultMode: z.literal(0o440) }),
          }),
        ),
      }),
    }),
  }),
});
const Service = z.strictObject({
  apiVersion: z.literal("v1"),
  kind: z.literal("Service"),
  metadata: Meta,
  spec: z.strictObject({
    selector: Labels,
    ports: z.array(
      z.strictObject({ name: z.string(), port: z.int(), targetPort: z.literal("http") }),
    ),
  }),
});
const Budget = z.strictObject({
  apiVersion: z.literal("policy/v1"),
  kind: z.literal("PodDisruptionBudget"),
  metadata: Meta,
  spec: z.strictObject({ minAvailable: z.literal(1), selector: Selector }),
});
const Peer = z.strictObject({
  namespaceSelector: Selector.optional(),
  podSelector: Selector.optional(),
  ipBlock: z.strictObject({ cidr: Cidr, except: z.array(Cidr) }).optional(),
});
const Policy = z.strictObject({
  apiVersion: z.literal("networking.k8s.io/v1"),
  kind: z.literal("NetworkPolicy"),
  metadata: Meta,
  spec: z.strictObject({
    podSelector: Selector,
    policyTypes: z.tuple([z.literal("Ingress"), z.literal("Egress")]),
    ingress: z.array(z.strictObject({ from: z.array(Peer), ports: Ports })),
    egress: z.array(z.strictObject({ to: z.array(Peer), ports: Ports })),
  }),
});
const CloudRun = z.strictObject({
  apiVersion: z.literal("serving.knative.dev/v1"),
  kind: z.literal("Service"),
  metadata: Meta,
  spec: z.strictObject({
    template: z.strictObject({
      metadata: z.strictObject({ annotations: Labels }),
      spec: z.strictObject({
        serviceAccountName: z.string(),
        containerConcurrency: z.int().max(1000),
        timeoutSeconds: z.int().max(3600),
        containers: z.tuple([
          z.strictObject({
            image: Image,
            ports: z.tuple([
              z.strictObject({ name: z.literal("http1"), containerPort: z.literal(8787) }),
            ]),
            resources: z.strictObject({
              limits: z.strictObject({ cpu: z.string(), memory: z.string() }),
            }),
            startupProbe: Probe,
            livenessProbe: Probe,
            env: z.array(Env),
          }),
        ]),
      }),
    }),
  }),
});
const Compose = z.strictObject({
  services: z.strictObject({
    server: z.looseObject({
      image: Image,
      environment: Labels,
      secrets: z.array(z.string()),
      ports: z.array(z.string().startsWith("127.0.0.1:")),
      stop_grace_period: z.string().regex(/^\d+s$/),
      read_only: z.literal(true),
      cap_drop: z.tuple([z.literal("ALL")]),
      security_opt: z.tuple([z.literal("no-new-privileges:true")]),
    }),
    postgres: z.looseObject({ image: z.string(), secrets: z.array(z.string()) }),
  }),
  volumes: z.strictObject({ postgres: z.strictObject({}) }),
  secrets: z.record(
    z.string(),
    z.strictObject({ file: z.string().regex(/^secrets\/[a-z0-9_]+$/) }),
  ),
});

const [deployment, service, budget, policy, ...none] = documents("deploy/kubernetes.yaml");
const kubernetes = Deployment.parse(deployment);
const pod = kubernetes.spec.template.spec;
const cloudRun = CloudRun.parse(documents("deploy/cloud-run.yaml")[0]);
const instance = cloudRun.spec.template;
const compose = Compose.parse(documents("deploy/compose.yaml")[0]);

test("Kubernetes: what is selected is what is labelled, in every document", () => {
  expect(none).toEqual([]);
  const { labels } = kubernetes.spec.template.metadata;
  expect([
    kubernetes.spec.selector.matchLabels,
    Service.parse(service).spec.selector,
    Budget.parse(budget).spec.selector.matchLabels,
    Policy.parse(policy).spec.podSelector.matchLabels,
  ]).toEqual([labels, labels, labels, labels]);
  expect(pod.containers[0].volumeMounts.map(({ name }) => name)).toEqual(
    pod.volumes.map(({ name }) => name),
  );
});

test("Compose: every secret that is used is named, and every one that is named is used", () => {
  const { server, postgres } = compose.services;
  const used = new Set([...server.secrets, ...postgres.secrets]);
  expect([...used].toSorted()).toEqual(Object.keys(compose.secrets).toSorted());
  const files = Object.entries(server.environment).filter(([name]) => name.endsWith("_FILE"));
  expect(files.length).toBeGreaterThan(4);
  for (const [, path] of files) expect(server.secrets).toContain(path.split("/").at(-1));
});

type Given = readonly (readonly [name: string, value: string | undefined])[];
const listed = (env: readonly z.infer<typeof Env>[]): Given =>
  env.map((one) => [one.name, "value" in one ? one.value : undefined]);

describe.each<[name: string, given: Given, graceSeconds: number]>([
  [
    "compose.yaml",
    Object.entries(compose.services.server.environment),
    Number.parseInt(compose.services.server.stop_grace_period, 10),
  ],
  // Not to be set: cloud.google.com/run/docs/container-contract, "instance shutdown".
  ["cloud-run.yaml", listed(instance.spec.containers[0].env), 10],
  ["kubernetes.yaml", listed(pod.containers[0].env), pod.terminationGracePeriodSeconds],
])("%s", (_, given, graceSeconds) => {
  const names = given.map(([name]) => name.replace(/_FILE$/, ""));

  test("sets keys that there are, each once, and no secret by its value", () => {
    const known = { ...Environment.shape, ...Bedrock.shape };
    expect(names.filter((name) => !(name in known))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    const secrets = Object.entries(known).filter(([, key]) => key.meta()?.["secret"] === true);
    const told = given.filter(
      ([name, value]) => value !== undefined && name in Object.fromEntries(secrets),
    );
    expect(told).toEqual([]);
  });

  test("sets all that the server needs to start", () => {
    const good: Record<string, string> = {
      ...ENVIRONMENT,
      DATABASE_URL: "postgres://vaultdesk:secret@postgres/vaultdesk",
      AWS_BEARER_TOKEN_BEDROCK: "key",
    };
    const numbers = given.filter(([, value]) => /^\d+$/.test(value ?? ""));
    const filled = names.map((name): Given[number] => [name, good[name]]);
    const env: Record<string, string | undefined> = Object.fromEntries([...filled, ...numbers]);
    const read = readConfig(env);
    expect(read).toMatchObject({ ok: true });
    if (!read.ok) return;
    expect((read.config.lingerMs + read.config.drainMs) / 1000).toBeLessThan(graceSeconds);
  });
});

test("Cloud Run works between requests, and always has one process", () => {
  expect(instance.metadata.annotations).toMatchObject({
    "run.googleapis.com/cpu-throttling": "false",
    "autoscaling.knative.dev/minScale": "1",
  });
});

test("the Dockerfile is of the versions and flags that are tested, and runs as nobody special", () => {
  const docker = text("Dockerfile");
  const { devDependencies, scripts } = z
    .object({
      devDependencies: z.object({ node: z.string() }),
      scripts: z.object({ start: z.string() }),
    })
    .parse(JSON.parse(text("package.json")));
  expect(docker).toContain(`ARG NODE=${devDependencies.node}-`);
  expect(docker).toContain(/npx --yes pnpm@[\d.]+/.exec(text("README.md"))?.[0]);
  const flags = scripts.start.split(" ").filter((word) => word.startsWith("--"));
  expect(docker).toContain(
    `CMD ${JSON.stringify(["node", ...flags, "main.js"]).replaceAll(",", ", ")}`,
  );
  for (const line of [
    /^USER 1000:1000$/m,
    /^STOPSIGNAL SIGTERM$/m,
    /^HEALTHCHECK /m,
    /--frozen-lockfile --ignore-scripts/,
  ]) {
    expect(docker).toMatch(line);
  }
  const left = text(".dockerignore").split("\n");
  for (const path of [".git", "**/node_modules", "**/.env", "deploy"]) expect(left).toContain(path);
});
