/** The part of mailsplit 5 that is used here; the package ships no types. */
declare module "mailsplit" {
  import type { Transform } from "node:stream";

  export interface MimeNode {
    type: "node";
    root: boolean;
    parentNode: MimeNode | false;
    multipart: string | false;
    contentType: string | false;
    encoding: string | false;
    charset: string | false;
    filename: string | false;
    disposition: string | false;
    headers: { getList(): { key: string; line: string }[] };
  }

  export type Piece = MimeNode | { type: "body"; value: Buffer } | { type: "data"; value: Buffer };

  export const Splitter: new (options?: {
    ignoreEmbedded?: boolean;
  }) => Transform & AsyncIterable<Piece>;
}
