/** Writes deploy/grafana-dashboard.json: each row of panels as the questions of an evening on call. Grafana 10 and later. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./prove/run.ts";

const SOURCE = { type: "prometheus", uid: "${source}" };
const WIDTH = 8;
const HEIGHT = 7;

interface Question {
  title: string;
  /** In words, what a bad answer means. */
  says: string;
  unit?: "s" | "reqps" | "short" | "percentunit";
  asks: readonly (readonly [query: string, legend: string])[];
}

const rate = (name: string, by: string) => `sum by (${by}) (rate(${name}[5m]))`;
const quantile = (name: string, q: number, by?: string) =>
  `histogram_quantile(${q}, sum by (${["le", ...(by === undefined ? [] : [by])].join(", ")}) (rate(${name}_bucket[5m])))`;

const QUESTIONS: readonly Question[] = [
  {
    title: "Requests",
    says: "By status. 5xx is ours; 401 in numbers is a clock or a tenant; 429 is somebody who asks too often.",
    unit: "reqps",
    asks: [[rate("vaultdesk_request_duration_seconds_count", "status"), "{{status}}"]],
  },
  {
    title: "Slow routes, p95",
    says: "To the first byte. An event stream's is its opening.",
    unit: "s",
    asks: [[quantile("vaultdesk_request_duration_seconds", 0.95, "route"), "{{route}}"]],
  },
  {
    title: "Streams",
    says: "Open panels that read events, by process.",
    unit: "short",
    asks: [["vaultdesk_streams", "{{instance}}"]],
  },
  {
    title: "Runs",
    says: "How they ended. `failed` is the model or a store; `budget` is a run that went in circles.",
    unit: "reqps",
    asks: [[rate("vaultdesk_run_duration_seconds_count", "outcome"), "{{outcome}}"]],
  },
  {
    title: "First word",
    says: "From the question to the model's first word.",
    unit: "s",
    asks: [
      [quantile("vaultdesk_first_token_seconds", 0.5), "p50"],
      [quantile("vaultdesk_first_token_seconds", 0.95), "p95"],
    ],
  },
  {
    title: "Model",
    says: "Tokens a second, in and out, and calls that broke.",
    unit: "short",
    asks: [
      [rate("vaultdesk_model_tokens_total", "direction"), "tokens {{direction}}"],
      [
        'sum (rate(vaultdesk_model_duration_seconds_count{result="broke"}[5m]))',
        "calls that broke",
      ],
    ],
  },
  {
    title: "Tools",
    says: "Calls by tool that were not ok: refused is the world's no, broke is our mistake.",
    unit: "reqps",
    asks: [
      [
        'sum by (tool, result) (rate(vaultdesk_tool_duration_seconds_count{result!="ok"}[5m]))',
        "{{tool}} {{result}}",
      ],
    ],
  },
  {
    title: "Approvals",
    says: "Moves into each state. `failed`, `undelivered` and `unknown` want a look.",
    unit: "reqps",
    asks: [[rate("vaultdesk_approvals_total", "state"), "{{state}}"]],
  },
  {
    title: "Waiting now",
    says: "Approvals that wait for a phone, of the whole store. Auth0's ceiling is 5,000.",
    unit: "short",
    asks: [["max (vaultdesk_approvals_waiting)", "waiting"]],
  },
  {
    title: "Polls late",
    says: "How long after their time pushes and polls are taken up. Seconds here mean the tenant's rate is used up.",
    unit: "s",
    asks: [
      [quantile("vaultdesk_poll_lateness_seconds", 0.5), "p50"],
      [quantile("vaultdesk_poll_lateness_seconds", 0.99), "p99"],
    ],
  },
  {
    title: "Auth0",
    says: "Pushes, polls and vault exchanges by result. `down`, `throttled` and `misconfigured` are for the doctor.",
    unit: "reqps",
    asks: [
      [rate("vaultdesk_vault_duration_seconds_count", "result"), "vault {{result}}"],
      [rate("vaultdesk_ciba_push_duration_seconds_count", "result"), "push {{result}}"],
      [rate("vaultdesk_ciba_poll_duration_seconds_count", "result"), "poll {{result}}"],
    ],
  },
  {
    title: "Google",
    says: "By status; 0 is no answer. 429 and 403 are a person's quota, 401 a token that was taken back.",
    unit: "reqps",
    asks: [[rate("vaultdesk_google_duration_seconds_count", "status"), "{{status}}"]],
  },
  {
    title: "Google, p95",
    says: "By call.",
    unit: "s",
    asks: [[quantile("vaultdesk_google_duration_seconds", 0.95, "call"), "{{call}}"]],
  },
  {
    title: "Store",
    says: "How long transactions hold a connection; those rolled back.",
    unit: "s",
    asks: [
      [quantile("vaultdesk_transaction_duration_seconds", 0.99), "p99"],
      [
        'sum (rate(vaultdesk_transaction_duration_seconds_count{result="rolled_back"}[5m]))',
        "rolled back a second",
      ],
    ],
  },
  {
    title: "Event loop",
    says: "How late timers fire. Over 0.1 s everybody waits: one process more.",
    unit: "s",
    asks: [
      ['vaultdesk_event_loop_delay_seconds{quantile="0.99"}', "p99 {{instance}}"],
      ['vaultdesk_event_loop_delay_seconds{quantile="1"}', "longest {{instance}}"],
    ],
  },
];

const panels = QUESTIONS.map(({ title, says, unit = "short", asks }, index) => ({
  id: index + 1,
  type: "timeseries",
  title,
  description: says,
  datasource: SOURCE,
  gridPos: { w: WIDTH, h: HEIGHT, x: (index % 3) * WIDTH, y: Math.floor(index / 3) * HEIGHT },
  fieldConfig: {
    defaults: { unit, min: 0, custom: { fillOpacity: 8, lineWidth: 1 } },
    overrides: [],
  },
  options: { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi" } },
  targets: asks.map(([expr, legendFormat], ref) => ({
    refId: String.fromCodePoint(65 + ref),
    datasource: SOURCE,
    expr,
    legendFormat,
  })),
}));

const dashboard = {
  uid: "vaultdesk",
  title: "VaultDesk",
  tags: ["vaultdesk"],
  timezone: "browser",
  schemaVersion: 39,
  refresh: "30s",
  time: { from: "now-6h", to: "now" },
  templating: {
    list: [{ name: "source", type: "datasource", query: "prometheus", label: "Prometheus" }],
  },
  panels,
};

writeFileSync(
  join(ROOT, "deploy/grafana-dashboard.json"),
  `${JSON.stringify(dashboard, undefined, 2)}\n`,
);
