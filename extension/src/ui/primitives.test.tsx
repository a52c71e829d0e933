import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { Field } from "./field.tsx";
import { Switch } from "./switch.tsx";
import { Tabs } from "./tabs.tsx";

const nothing = () => undefined;

test("a field's hint and error belong to it", () => {
  const html = renderToStaticMarkup(
    <Field
      label="Name"
      hint="Shown in the list."
      error="It is empty."
      value=""
      testId="name"
      onChange={nothing}
    />,
  );
  expect(html).toMatch(/<label[^>]* for="([^"]+)".*<input[^>]* id="\1"/);
  expect(html).toContain('aria-invalid="true"');
});

test("a switch is one, and says where it stands", () => {
  const html = renderToStaticMarkup(<Switch label="Voice" on testId="voice" onChange={nothing} />);
  expect(html).toContain('role="switch"');
  expect(html).toContain('aria-checked="true"');
});

test("only the chosen tab is in the page", () => {
  const html = renderToStaticMarkup(
    <Tabs
      label="Templates"
      chosen="ours"
      onChoose={nothing}
      tabs={[
        { key: "ours", label: "Ours", content: "five templates" },
        { key: "own", label: "Own", content: "none yet" },
      ]}
    />,
  );
  expect(html).toContain('role="tablist"');
  expect(html).toContain("five templates");
  expect(html).not.toContain("none yet");
});
