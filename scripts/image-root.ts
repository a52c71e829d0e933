/**
 * Builds the root folder of the server's image: the server with its libraries in a few files, their licences, and what V8 compiled ahead.
 *
 *     node scripts/image-root.ts FOLDER
 *
 * The Dockerfile does this; without a container engine, `node FOLDER/main.js` is the same server.
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { rolldown } from "rolldown";
import { z } from "zod";

import { ROOT } from "./prove/run.ts";

const ENTRIES = {
  main: "server/src/main.ts",
  cli: "server/src/cli.ts",
  worker: "server/src/attachments/worker.ts",
};

const Manifest = z.object({
  version: z.string(),
  license: z.string().default("no licence is named"),
});

function manifestOf(folder: string) {
  return Manifest.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
}

/** The folder of each package that is in the files, by its name. */
function packagesOf(modules: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const id of modules) {
    const [, folder, name] = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(id) ?? [];
    if (folder !== undefined && name !== undefined) found.set(name, folder);
  }
  return found;
}

function licences(packages: ReadonlyMap<string, string>): string {
  return [...packages]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, folder]) => {
      const texts = globSync("{LICEN[CS]E,licen[cs]e}*", { cwd: folder }).map((file) =>
        readFileSync(join(folder, file), "utf8").trim(),
      );
      const { license } = manifestOf(folder);
      return `== ${name}\n\n${texts.join("\n\n") || `${license}; its package holds no text`}\n`;
    })
    .join("\n");
}

async function bundle(folder: string): Promise<readonly string[]> {
  const built = await rolldown({
    cwd: ROOT,
    input: ENTRIES,
    platform: "node",
    // Of `pg`, where it is installed: it is not.
    external: ["pg-native"],
  });
  const { output } = await built.write({
    dir: folder,
    format: "esm",
    chunkFileNames: "part-[name].js",
    // Names stay, so that a stack trace can be read.
    minify: {
      compress: { target: "esnext", keepNames: { function: true, class: true } },
      mangle: false,
      codegen: true,
    },
  });
  await built.close();
  return output.flatMap((file) => (file.type === "chunk" ? Object.keys(file.modules) : []));
}

/** V8's code of what runs at a start: kept by Node beside the files, and read again wherever they are. */
function compileAhead(folder: string): void {
  const { stderr } = spawnSync(process.execPath, [join(folder, "main.js")], {
    env: {
      NODE_COMPILE_CACHE: join(folder, "compiled"),
      NODE_COMPILE_CACHE_PORTABLE: "1",
    },
    encoding: "utf8",
  });
  // It has no environment, and says so once everything is loaded.
  if (!stderr.includes("can't start")) throw new Error(`the built server does not run:\n${stderr}`);
}

/** Every source file that is in it. Throws where the folder holds something already. */
export async function buildImageRoot(folder: string): Promise<readonly string[]> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Error(`${folder} is not empty: nothing was written. Name a new folder.`);
  }
  mkdirSync(folder, { recursive: true });
  const modules = await bundle(folder);
  const manifest = { name: "vaultdesk-server", ...manifestOf(ROOT), type: "module", private: true };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest)}\n`);
  writeFileSync(join(folder, "licences.txt"), licences(packagesOf(modules)));
  compileAhead(folder);
  return modules;
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    process.stderr.write("usage: node scripts/image-root.ts FOLDER\n");
    process.exitCode = 2;
  } else await buildImageRoot(resolve(folder));
}
