/** Documents of deal rooms over HTTP: the files of the open thread, marked as what they are. Their bytes are read and not kept. */
import { routes } from "@vaultdesk/shared/api.ts";
import { MessageId, ThreadId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import type { ThreadFile } from "@vaultdesk/shared/room.ts";
import { suggestedTier } from "@vaultdesk/shared/tier.ts";
import { type Context, Hono } from "hono";

import type { ThreadFiles } from "../actions/files.ts";
import type { Mailroom } from "../actions/mailroom.ts";
import { bytesPrint } from "../attachments/prints.ts";
import type { FileReader } from "../attachments/read-file.ts";
import type { Principal } from "../auth0/principal.ts";
import type { Answer } from "../google/call.ts";
import { type AppEnv, bodyOf, notFound, param, refuse, reply } from "../http.ts";
import { lacking } from "./change.ts";
import { type Documents, placePrint } from "./documents.ts";
import type { Gate } from "./gate.ts";
import type { Rooms } from "./record.ts";
import { roleIn } from "./room.ts";
import type { Threads } from "./threads.ts";

export interface DocumentsDeps {
  rooms: Pick<Rooms, "view">;
  threads: Pick<Threads, "place">;
  documents: Documents;
  gate: Pick<Gate, "concerns">;
  mailroomOf(principal: Principal): Pick<Mailroom, "threadCard">;
  filesOf(principal: Principal): ThreadFiles;
  reader: Pick<FileReader, "prints">;
}

type InThread = Extract<Awaited<ReturnType<ThreadFiles["inThread"]>>, { ok: true }>["value"];

const noLabels = () => Promise.resolve([]);

export function documentRoutes(deps: DocumentsDeps) {
  const { rooms, threads, documents } = deps;

  async function shown(c: Context<AppEnv>, id: string, done: Answer<void>): Promise<Response> {
    if (!done.ok) return refuse(c, done.problem);
    const view = await rooms.view(c.var.principal.sub, id);
    return view === undefined ? notFound(c) : reply(c, routes.markDocument, view);
  }

  async function fileOf(sub: string, inThread: InThread): Promise<ThreadFile[]> {
    const places = inThread.map(({ rfcId, number }) => placePrint(rfcId, number));
    const marks = await documents.marks(sub, places);
    return inThread.map(({ messageId, number, filename, size, from, date }, index): ThreadFile => {
      const suggested = suggestedTier(filename);
      return {
        messageId: MessageId.parse(messageId),
        number,
        filename,
        size,
        from,
        date,
        marks: marks.get(places[index] ?? "") ?? [],
        ...(suggested === undefined ? {} : { suggested }),
      };
    });
  }

  return new Hono<AppEnv>()
    .get(routes.threadFiles.path, async (c) => {
      const threadId = ThreadId.safeParse(c.req.query("threadId"));
      const { principal } = c.var;
      if (!threadId.success || !(await deps.gate.concerns(principal.sub))) {
        return reply(c, routes.threadFiles, { files: [] });
      }
      const found = await deps.filesOf(principal).inThread(threadId.data, c.req.raw.signal);
      return found.ok
        ? reply(c, routes.threadFiles, { files: await fileOf(principal.sub, found.value) })
        : refuse(c, found.problem);
    })
    .post(routes.markDocument.path, async (c) => {
      const input = await bodyOf(c, routes.markDocument);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { principal } = c.var;
      const { signal } = c.req.raw;
      const id = param(c, "id");
      // Before Gmail is asked: whoever is no member learns nothing by the time it takes.
      const room = await rooms.view(principal.sub, id);
      if (room === undefined) return notFound(c);
      if (!roleIn(room, room.yours, room.roles).rights.includes("threads")) {
        return refuse(c, lacking("threads", room.yours));
      }
      const { threadId, messageId, number, tier } = input;
      const card = await deps.mailroomOf(principal).threadCard(threadId, signal);
      if (!card.ok) return refuse(c, card.problem);
      const { rooms: having } = await threads.place(principal.sub, card.value, noLabels);
      if (!having.some((one) => one.id === room.id)) return refuse(c, problem("thread_unknown"));
      const files = deps.filesOf(principal);
      const listed = await files.inThread(threadId, signal);
      if (!listed.ok) return refuse(c, listed.problem);
      const fact = listed.value.find((one) => one.messageId === messageId && one.number === number);
      const read = fact === undefined ? undefined : await files.bytes(messageId, number, signal);
      if (read?.ok === false) return refuse(c, read.problem);
      const bytes = read?.value?.bytes;
      if (fact === undefined || bytes === undefined)
        return refuse(c, problem("attachment_unknown"));
      // What is packed in it is not the document: each of those is marked by itself.
      const { words } = await deps.reader.prints(bytes, read?.value?.contentType ?? "", signal);
      const marking = {
        title: fact.filename,
        tier,
        prints: [bytesPrint(bytes), ...(words === undefined ? [] : [words])],
        place: placePrint(fact.rfcId, number),
      };
      return shown(c, id, await documents.mark(principal.sub, id, marking));
    })
    .put(routes.changeDocument.path, async (c) => {
      const input = await bodyOf(c, routes.changeDocument);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const id = param(c, "id");
      const { sub } = c.var.principal;
      return shown(c, id, await documents.change(sub, id, param(c, "documentId"), input));
    })
    .delete(routes.unmarkDocument.path, async (c) => {
      const id = param(c, "id");
      const { sub } = c.var.principal;
      return shown(c, id, await documents.unmark(sub, id, param(c, "documentId")));
    });
}
