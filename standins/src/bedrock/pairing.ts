/** What Bedrock refuses in a conversation that is well formed: order of roles, empty content, tool uses without results. Pure. */
import { AwsError } from "./aws-error.ts";
import type { Block, ConverseRequest, Message } from "./converse.ts";

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

const usesOf = (content: readonly Block[]) =>
  content.flatMap((block) => ("toolUse" in block ? [block.toolUse] : []));
const resultsOf = (content: readonly Block[]) =>
  content.flatMap((block) => ("toolResult" in block ? [block.toolResult] : []));

function checkContent(message: Message, index: number): void {
  if (message.content.length === 0) {
    throw invalid(
      `The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`,
    );
  }
  for (const [at, block] of message.content.entries()) {
    if ("text" in block && block.text.trim() === "") {
      throw invalid(
        `The text field in the ContentBlock object at messages.${index}.content.${at} is blank. Add text to the text field, and try again.`,
      );
    }
  }
}

function checkTools(messages: readonly Message[], index: number): void {
  const message = messages[index];
  if (message === undefined) return;
  const before = index === 0 ? [] : usesOf(messages[index - 1]?.content ?? []);
  const results = resultsOf(message.content);
  const uses = usesOf(message.content);
  if (message.role === "assistant" && results.length > 0) {
    throw invalid(`The toolResult block at messages.${index}.content is not in a user message.`);
  }
  if (message.role === "user" && uses.length > 0) {
    throw invalid(`The toolUse block at messages.${index}.content is not in an assistant message.`);
  }
  if (new Set(uses.map((use) => use.toolUseId)).size < uses.length) {
    throw invalid(`The toolUse blocks at messages.${index}.content contain duplicate Ids.`);
  }
  const answered = new Set(results.map((result) => result.toolUseId));
  const missing = before.filter((use) => !answered.has(use.toolUseId));
  if (missing.length > 0) {
    const ids = missing.map((use) => use.toolUseId).join(", ");
    throw invalid(
      `Expected toolResult blocks at messages.${index}.content for the following Ids: ${ids}`,
    );
  }
  if (results.length > before.length) {
    throw invalid(
      `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`,
    );
  }
}

export function checkConversation({ messages, toolConfig }: ConverseRequest): void {
  if (messages[0]?.role !== "user") {
    throw invalid(
      "A conversation must start with a user message. Try again with a conversation that starts with a user message.",
    );
  }
  for (const [index, message] of messages.entries()) {
    if (index > 0 && messages[index - 1]?.role === message.role) {
      throw invalid(
        "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.",
      );
    }
    checkContent(message, index);
    checkTools(messages, index);
  }
  if (messages.at(-1)?.role !== "user") {
    throw invalid(
      "This model does not support assistant message prefill. The conversation must end with a user message.",
    );
  }
  const usesTools = messages.some(
    ({ content }) => usesOf(content).length > 0 || resultsOf(content).length > 0,
  );
  if (usesTools && toolConfig === undefined) {
    throw invalid(
      "The toolConfig field must be defined when using toolUse and toolResult content blocks.",
    );
  }
  checkOffered(toolConfig);
}

function checkOffered(toolConfig: ConverseRequest["toolConfig"]): void {
  if (toolConfig === undefined) return;
  const names = toolConfig.tools.flatMap((tool) =>
    "toolSpec" in tool ? [tool.toolSpec.name] : [],
  );
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw invalid(`The tool name ${twice} is already defined at toolConfig.tools.`);
  }
  const choice = toolConfig.toolChoice;
  if (choice !== undefined && "tool" in choice && !names.includes(choice.tool.name)) {
    throw invalid(`The tool ${choice.tool.name} of toolChoice is not defined at toolConfig.tools.`);
  }
}
