import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { Met } from "../generator/check/met.js";
import { SCHEMA_FILES } from "../generator/check/schema-files.js";
import { printShapes, type Shapes, shapesOf } from "../generator/check/shapes.js";
import { folder } from "./support/documents.js";

/** What a schema says of a value: errors without what they quote, and what was met. */
function said(shapes: Shapes, name: string, value: unknown): unknown {
  const met = new Met();
  const shape = shapes[name];
  if (!shape) throw new Error(`there is no ${name}`);
  const valid = shape.call(met, value);
  return { valid, errors: shape.errors ?? [], met: { ...met } };
}

const VALUES: readonly unknown[] = [
  null,
  "text",
  7,
  [],
  {},
  { $ref: "#/elsewhere" },
  { asyncapi: "3.0.0", info: { title: 1 }, chanels: {}, operations: { a: { action: "sent" } }, extra: true },
  { payload: { type: "object" }, correlationID: { location: "x" }, schemaFormat: "y", sumary: "" },
  { actionwire: 1, title: "", actions: { error: {}, ok: { from: "client" } }, schemas: { a: true } },
  { address: "/", messages: { a: { $ref: "#/b" }, c: { payload: 1 } }, bindings: { ws: { query: {} } } },
  { out: 1, channels: "odd", unknown: {} },
];

test.each(
  SCHEMA_FILES,
)("%s says printed, as in the package, what it says compiled, as from sources", async (schema) => {
  const compiled = await shapesOf(schema);
  const text = printShapes(schema);
  expect(text).not.toMatch(/\brequire\s*\(/);
  const printed: Shapes = await import(
    /* @vite-ignore */ pathToFileURL(join(folder({ "shapes.mjs": text }), "shapes.mjs")).href
  );
  expect(Object.keys(printed).sort()).toEqual(Object.keys(compiled).sort());
  for (const name of Object.keys(compiled)) {
    for (const value of VALUES) {
      expect(said(printed, name, value), `${name} of ${JSON.stringify(value)}`).toEqual(said(compiled, name, value));
    }
  }
});
