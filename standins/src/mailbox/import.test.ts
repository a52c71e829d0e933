import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { startGoogle } from "../google/start.ts";
import { readMailbox } from "./import.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mail-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const mail = (subject: string, more = "") =>
  `From: ana@helio.example\r\nTo: maya@northgate.example\r\nSubject: ${subject}\r\n${more}\r\nHello\r\n`;

test("a folder tree of messages under any names is read; what is not mail is left out with a reason", async () => {
  await mkdir(join(folder, "sent"));
  await writeFile(join(folder, "10."), mail("one"));
  await writeFile(join(folder, "sent", "two.eml"), mail("two"));
  await writeFile(join(folder, "notes.txt"), "just text");
  await writeFile(join(folder, "empty"), "");
  const read = await readMailbox(folder);
  expect(read.messages).toHaveLength(2);
  expect(read.skipped).toEqual([
    { where: "empty", why: "it is empty" },
    { where: "notes.txt", why: "it does not start with mail headers" },
  ]);
});

test("an mbox is split at its From lines, quoted ones are unquoted, Takeout's labels count", async () => {
  const file = join(folder, "All mail.mbox");
  const line = "From 17234@xxx Mon Nov 02 09:00:00 +0000 2026";
  await writeFile(
    file,
    `${line}\r\n${mail("one", "X-Gmail-Labels: Inbox,Unread\r\nDelivered-To: maya@northgate.example\r\n")}>From here on\r\n\r\n${line}\r\n${mail("two")}`,
  );
  const read = await readMailbox(file);
  expect(read.messages).toHaveLength(2);
  expect(read.messages[0]?.labels).toEqual(["INBOX", "UNREAD"]);
  expect(Buffer.from(read.messages[0]?.raw ?? []).toString()).toContain("\nFrom here on");
  expect(read.owner).toBe("maya@northgate.example");
});

test("an mbox that is cut keeps the whole messages and says which one is not", async () => {
  const file = join(folder, "cut.mbox");
  const line = "From a@b Mon Nov 02 09:00:00 2026";
  const half =
    'From: a@b.example\nContent-Type: multipart/mixed; boundary="Q"\n\n--Q\nContent-Type: text/plain\n\nhalf a sen';
  await writeFile(file, `${line}\n${mail("one")}\n${line}\n${half}`);
  const read = await readMailbox(file);
  expect(read.messages).toHaveLength(1);
  expect(read.skipped).toEqual([
    {
      where: "cut.mbox, message 2",
      why: "the file ends inside the message: its last part is missing",
    },
  ]);
});

test("a path with nothing at it says what to name", async () => {
  await expect(readMailbox(join(folder, "absent"))).rejects.toThrow("name a folder of messages");
});

const real = resolve(import.meta.dirname, "../../../../shared/data/enron");
const there = existsSync(real);
if (!there) process.stdout.write("skipped: no real mail at ../shared/data/enron\n");

test.skipIf(!there).each([
  ["dickson-s", 395, "stacy.dickson@enron.com"],
  ["dasovich-j__pg_e_hydro_sale", 12, "jeff.dasovich@enron.com"],
])("real mail %s: %d messages of %s, none lost", async (name, count, owner) => {
  const read = await readMailbox(join(real, name));
  expect(read.messages).toHaveLength(count);
  expect(read.owner).toBe(owner);
  const google = await startGoogle({ users: [{ email: owner, name: "Owner" }] });
  const report = await google.importMail(owner, read.messages);
  expect(report.imported + report.duplicates).toBe(count);
  const box = google.mailbox(owner);
  expect(box.threads().reduce((sum, row) => sum + row.count, 0)).toBe(report.imported);
  await google.close();
});
