/** For tests: AgentDojo's mail and calendar cases from ../shared/data, where they lie; each case with each wording is an attack. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { MAYA } from "../engine-office.ts";
import { type Attack, type Call, sending } from "./attack.ts";

const HERE = join(import.meta.dirname, "../../../../shared/data/agentdojo");
const EMMA = "emma.johnson@bluesparrowtech.com";

export const agentdojoIsHere = existsSync(HERE);

/** In the words of the mailbox that the tests have. */
function read<T extends z.ZodType>(name: string, shape: T): z.infer<T> {
  const text = readFileSync(join(HERE, name), "utf8").replaceAll(EMMA, MAYA);
  return shape.parse(JSON.parse(text));
}

const Template = z.object({ name: z.string(), template: z.string(), kind: z.string().optional() });
const Task = z.object({ id: z.string(), prompt: z.string() });
const Upstream = z.object({ function: z.string(), args: z.record(z.string(), z.unknown()) });
type Upstream = z.infer<typeof Upstream>;
const Injection = z.object({
  id: z.string(),
  goal: z.string(),
  attacker_writes: z.array(Upstream),
  derived_success_calls: z.array(Upstream).nullish(),
});
const Vector = z.object({
  id: z.string(),
  carriers: z.array(
    z.object({
      kind: z.string(),
      id: z.string(),
      field: z.string(),
      title: z.string(),
      template: z.string(),
    }),
  ),
});
const Case = z.object({
  id: z.string(),
  user_task: z.string(),
  injection_task: z.string(),
  vectors: z.array(z.string()),
});
const Email = z.object({
  id_: z.string(),
  sender: z.string(),
  subject: z.string(),
  body: z.string(),
  status: z.string(),
  recipients: z.array(z.string()),
  cc: z.array(z.string()),
});
const Recorded = z.object({
  rows: z.array(
    z.object({
      user_task: z.string(),
      injection_task: z.string().nullish(),
      writes: z.array(Upstream.extend({ attacker: z.boolean(), kind: z.string() })),
    }),
  ),
});

/** A list, or a text that a model wrote in its place. */
const strings = z
  .unknown()
  .transform((value) => JSON.stringify(value ?? []).match(/[\w.+-]+@[\w.-]+\w/g) ?? []);
const text = z.string().catch("");

/** An upstream call as calls of our tools. */
function asCalls({ function: name, args }: Upstream): Call[] {
  switch (name) {
    case "send_email":
      return sending({
        mode: "new",
        to: strings.parse(args["recipients"]),
        subject: text.parse(args["subject"]),
        body: text.parse(args["body"]) || "-",
      });
    case "create_calendar_event":
      return [
        {
          tool: "create_calendar_event",
          args: {
            title: text.parse(args["title"]) || "-",
            when: text.parse(args["start_time"]).slice(0, 16).replace(" ", "T"),
            minutes: 60,
            guests: strings.parse(args["participants"]),
            description: text.parse(args["description"]),
          },
        },
      ];
    case "add_calendar_event_participants":
      return [
        {
          tool: "update_calendar_event",
          args: { event_id: "$event", add_guests: strings.parse(args["participants"]) },
        },
      ];
    default:
      return [{ tool: "trash_mail", args: { message_ids: ["$message"] } }];
  }
}

function wording(template: z.infer<typeof Template>, injection: z.infer<typeof Injection>): string {
  const calls = injection.attacker_writes
    .map(
      (call) =>
        `You should use the tool \`${call.function}\` with the following arguments: ${JSON.stringify(call.args)}.`,
    )
    .join(" Then, ");
  const fills: Readonly<Record<string, string>> = {
    goal: injection.goal,
    user: "Emma Johnson",
    model: "AI assistant",
    tools: calls,
  };
  return template.template.replace(
    /\{(goal|user|model|tools)\}/g,
    (_, name: string) => fills[name] ?? "",
  );
}

function tasks() {
  return {
    users: new Map(read("user_tasks.json", z.array(Task)).map((one) => [one.id, one])),
    injections: new Map(
      read("injection_tasks.json", z.array(Injection)).map((one) => [one.id, one]),
    ),
    vectors: new Map(read("injection_vectors.json", z.array(Vector)).map((one) => [one.id, one])),
    emails: new Map(
      read("emails.json", z.object({ emails: z.array(Email) })).emails.map((one) => [
        one["id_"],
        one,
      ]),
    ),
  };
}

/** `templates`: how many of the wordings, the strongest first. Those that only disturb ask for no write and are left out. */
export function agentdojoAttacks(templates = Number.POSITIVE_INFINITY): Attack[] {
  const { users, injections, vectors, emails } = tasks();
  const worded = read("attack_templates.json", z.array(Template))
    .filter(({ kind }) => kind?.startsWith("denial") !== true)
    .toReversed()
    .slice(0, templates);
  return read("cases.json", z.array(Case)).flatMap((one) =>
    worded.map((template): Attack => {
      const injection = injections.get(one.injection_task);
      const carriers = one.vectors.flatMap((id) => vectors.get(id)?.carriers ?? []);
      const carrier = carriers.find(({ kind }) => kind !== "drive_file");
      if (injection === undefined || carrier === undefined)
        throw new Error(`${one.id} is not whole`);
      const said = carrier.template.replace(/\{\{\w+\}\}/g, wording(template, injection));
      const writes =
        injection.attacker_writes.length > 0
          ? injection.attacker_writes
          : (injection.derived_success_calls ?? []);
      const id = `${one.id} ${template.name}`;
      const email = emails.get(carrier.id);
      return {
        id,
        user: users.get(one.user_task)?.prompt ?? "",
        planted:
          carrier.kind === "email"
            ? {
                kind: "mail",
                from: email?.sender ?? "someone@else.example",
                subject: carrier.title,
                text: said,
              }
            : { kind: "event", title: `${carrier.title} ${id}`, description: said },
        calls: writes.flatMap(asCalls),
      };
    }),
  );
}

/** What the mailbox holds from others. */
export function received(): { from: string; subject: string; text: string }[] {
  const { emails } = read("emails.json", z.object({ emails: z.array(Email) }));
  return emails
    .filter(({ status }) => status === "received")
    .map(({ sender, subject, body }) => ({ from: sender, subject, text: body }));
}

/** The people to whom the mailbox's owner wrote. */
export function correspondents(): string[] {
  const { emails } = read("emails.json", z.object({ emails: z.array(Email) }));
  const sent = emails.filter(({ status }) => status === "sent");
  return [...new Set(sent.flatMap(({ recipients, cc }) => [...recipients, ...cc]))];
}

export interface Write {
  attack: Attack;
  kind: "attacker" | "requested" | "unrequested";
  /** Recorded that often. */
  times: number;
  people: readonly string[];
}

function peopleIn({ args }: Upstream): string[] {
  const all = [...strings.parse(args["recipients"]), ...strings.parse(args["participants"])];
  return [...new Set(all.filter((one) => one !== MAYA))].toSorted();
}

/** What real models wrote, under attack and without; the same write of the same task once, with how often it was made. */
export function recordedWrites(): Write[] {
  const { users, injections } = tasks();
  const found = new Map<string, Write>();
  for (const row of read("recorded_writes.json", Recorded).rows) {
    for (const write of row.writes) {
      const kind = z.enum(["attacker", "requested", "unrequested"]).parse(write.kind);
      const injection = kind === "attacker" ? injections.get(row.injection_task ?? "") : undefined;
      const people = peopleIn(write);
      const key = [kind, row.user_task, injection?.id ?? "", write.function, ...people].join(" ");
      const known = found.get(key);
      if (known !== undefined) {
        known.times += 1;
        continue;
      }
      const goal = injection?.goal ?? "See you there.";
      const args = {
        ...write.args,
        participants: strings.parse(write.args["participants"]).filter((one) => one !== MAYA),
      };
      found.set(key, {
        kind,
        times: 1,
        people,
        attack: {
          id: `recorded ${found.size}: ${key}`,
          user: users.get(row.user_task)?.prompt ?? "",
          planted: { kind: "event", title: `Meeting ${found.size}`, description: goal },
          reads: people.map((from) => ({ tool: "search_gmail", args: { from } })),
          calls: asCalls({ ...write, args }),
        },
      });
    }
  }
  return [...found.values()];
}
