/**
 * Google's routes, verbs and per-method scopes, read at start out of the installed client packages: the client is the specification.
 * A method's id is the one of Google's documentation, for example `gmail.users.drafts.send`.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface Method {
  id: string;
  verb: string;
  /** With Hono's `:name` parameters. */
  path: string;
  scopes: readonly string[];
}

const require = createRequire(import.meta.url);

function quoted(text: string): string[] {
  return [...text.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? "");
}

/** The JSDoc sample in front of each method's first overload lists the scopes it accepts. */
function scopesOf(types: string): Map<string, string[]> {
  const scopes = new Map<string, string[]>();
  let resource = "";
  let open: string[] | undefined;
  let pending: string[] | undefined;
  for (const line of types.split("\n")) {
    resource = /^ {4}(?:export )?class Resource\$(\S+)/.exec(line)?.[1] ?? resource;
    if (/\* {5,}scopes: \[/.test(line)) open = [];
    if (open !== undefined) {
      open.push(...quoted(line));
      if (line.includes("]")) {
        pending = open;
        open = undefined;
      }
      continue;
    }
    const method = /^ {8}([a-zA-Z]+)\(params/.exec(line)?.[1];
    if (method !== undefined && pending !== undefined) {
      scopes.set(`${resource}.${method}`, pending);
      pending = undefined;
    }
  }
  return scopes;
}

function lower(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function derive(api: "gmail" | "calendar", version: string): Method[] {
  const folder = join(dirname(require.resolve(`@googleapis/${api}/package.json`)), "build");
  const code = readFileSync(join(folder, `${version}.js`), "utf8");
  const scopes = scopesOf(readFileSync(join(folder, `${version}.d.ts`), "utf8"));
  const methods: Method[] = [];
  let resource = "";
  for (const block of code.split(/\n(?= {4}class | {8}[a-zA-Z]+\(paramsOrCallback)/)) {
    resource = /^ {4}class Resource\$(\S+)/.exec(block)?.[1] ?? resource;
    const name = /^ {8}([a-zA-Z]+)\(paramsOrCallback/.exec(block)?.[1];
    const path = /url: \(rootUrl \+\s*'([^']+)'\)/.exec(block)?.[1];
    const verb = /method: '([A-Z]+)'/.exec(block)?.[1];
    if (name === undefined || path === undefined || verb === undefined) continue;
    methods.push({
      id: `${api}.${resource.split("$").map(lower).join(".")}.${name}`,
      verb,
      path: path.replace(/\{\+?(\w+)\}/g, ":$1"),
      scopes: scopes.get(`${resource}.${name}`) ?? [],
    });
  }
  return methods;
}
