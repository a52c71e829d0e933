/// <reference types="remark-parse" />
/**
 * Tables for Markdown, and nothing else of what GitHub adds: its autolinks would make a link of every address that an answer names.
 */
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import type { Processor } from "unified";

function tables(this: Processor): void {
  const data = this.data();
  (data.micromarkExtensions ??= []).push(gfmTable());
  (data.fromMarkdownExtensions ??= []).push(gfmTableFromMarkdown());
}

export const PLUGINS = [tables];
