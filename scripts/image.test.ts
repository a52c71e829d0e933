/** What an image holds, and that it runs as one: as nobody, with loopback alone, and nothing to write but its data. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { parseJson } from "../shared/src/json.ts";
import { buildImageRoot } from "./image-root.ts";
import { Ran } from "./image-run.ts";
import { ROOT } from "./prove/run.ts";

const place = mkdtempSync(join(tmpdir(), "vaultdesk-image-"));
const root = join(place, "app");
const data = join(place, "data");
chmodSync(place, 0o755);
for (const folder of [root, data]) mkdirSync(folder);
let modules: readonly string[] = [];
let files: string[] = [];

beforeAll(async () => {
  chmodSync(data, 0o777);
  modules = await buildImageRoot(root);
  files = globSync("**/*", { cwd: root }).filter((path) => statSync(join(root, path)).isFile());
}, 60_000);
afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

const scripts = () => files.filter((path) => path.endsWith(".js"));
const content = (path: string) => readFileSync(join(root, path), "latin1");

test("it is the server's own source and what that imports, and nothing for tests", () => {
  const own = modules
    .filter((id) => id.startsWith(ROOT) && !id.includes("/node_modules/"))
    .map((id) => relative(ROOT, id));
  expect(own.length).toBeGreaterThan(150);
  expect(own.filter((path) => !/^(?:server|shared)\/src\//.test(path))).toEqual([]);
  expect(
    own.filter((path) => /\.test\.|for-tests|testing|mutants|red-team|engine-/.test(path)),
  ).toEqual([]);
  const libraries = modules.filter((id) => id.includes("/node_modules/"));
  expect(libraries.length).toBeGreaterThan(500);
  expect(
    libraries.filter((id) => /\/(?:vitest|fast-check|playwright|oidc-provider)[@/]/.test(id)),
  ).toEqual([]);
});

test("it is code, licences and what was compiled; no secret, no path of where it was built", () => {
  expect(
    files.filter((path) => !/^(?:[\w-]+\.js|package\.json|licences\.txt)$/.test(path)),
  ).toEqual(files.filter((path) => path.startsWith("compiled/")));
  const secret = /AKIA[0-9A-Z]{16}|PRIVATE KEY-----\s*[A-Za-z0-9+/]{20}|\beyJ[\w-]{20,}\.eyJ/;
  for (const path of scripts()) {
    expect([path, secret.exec(content(path))?.[0]]).toEqual([path, undefined]);
    expect([path, content(path).includes(ROOT)]).toEqual([path, false]);
  }
  expect(content("licences.txt").match(/^== /gm)?.length).toBeGreaterThan(100);
});

test("its size has an end", () => {
  const size = files.reduce((sum, path) => sum + statSync(join(root, path)).size, 0) / 1e6;
  const node = statSync(process.execPath).size / 1e6;
  process.stdout.write(
    `image: ${size.toFixed(1)} MB, ${(size + node).toFixed(1)} MB with Node's own binary\n`,
  );
  expect(size).toBeLessThan(20);
  expect(size + node).toBeLessThan(150);
});

/** A user of no rights in a namespace of its own: loopback alone, and the root folder read-only. */
function asNobody(command: readonly string[]) {
  const isRoot = process.getuid?.() === 0;
  const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
  const inside = `ip link set lo up && mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"`;
  return spawnSync(
    "unshare",
    [isRoot ? "-nm" : "-rnm", "sh", "-c", inside, root, ...(isRoot ? nobody : []), ...command],
    { encoding: "utf8" },
  );
}

const refused = asNobody([process.execPath, "--version"]).status !== 0;
if (refused) process.stdout.write("image: namespaces are refused here, its run is skipped\n");

test.skipIf(refused)(
  "it starts, is ready and ends cleanly",
  () => {
    const tried = asNobody(["touch", join(root, "x")]);
    expect(tried.stderr).toContain("Read-only");
    const away = asNobody([
      process.execPath,
      "-e",
      "fetch('http://192.0.2.1').catch((e) => console.log(e.cause.code))",
    ]);
    expect(away.stdout).toBe("ENETUNREACH\n");
    const ran = asNobody([process.execPath, join(ROOT, "scripts/image-run.ts"), root, data]);
    expect(ran.stderr).toBe("");
    expect(Ran.parse(parseJson(ran.stdout))).toMatchObject({ healthz: 200, readyz: 200, exit: 0 });
  },
  20_000,
);
