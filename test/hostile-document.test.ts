import fc from "fast-check";
import { Node, Project } from "ts-morph";
import { expect, test } from "vitest";
import { emit } from "../generator/index.js";
import { asyncapi3, contractOf } from "./support/documents.js";

const nasty = fc
  .array(
    fc.constantFrom(
      "*/",
      "/*",
      "`",
      "${evil()}",
      '"',
      "'",
      "\\",
      "\n",
      "\u2028",
      "; evil(); //",
      "<",
      "{",
      "}",
      "é",
      "a",
      "B",
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(""));

const hostile = fc.record({ name: nasty, other: nasty, property: nasty, text: nasty, value: nasty });

test("no text in a document becomes code: the files hold just their declarations, and every wire value as written", {
  timeout: 60_000,
}, async () => {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  await fc.assert(
    fc.asyncProperty(hostile, async ({ name, other, property, text, value }) => {
      fc.pre(name !== other);
      const said = (tag: string) => ({
        summary: text,
        description: text,
        payload: {
          type: "object",
          title: text,
          description: text,
          required: [property],
          properties: { [property]: { const: tag, description: text, default: text }, rest: { enum: [text, value] } },
        },
      });
      const document = asyncapi3({ receive: { [name]: said(`${value}1`), [other]: said(`${value}2`) }, send: {} });
      const contract = await contractOf(document.replace('"title":"Test"', `"title":${JSON.stringify(text)}`));
      for (const [file, printed] of await emit(contract)) {
        expect(printed).not.toMatch(/^\s*evil\(\)/m);
        const source = project.createSourceFile(file, printed, { overwrite: true });
        const errors = project
          .getProgram()
          .getSyntacticDiagnostics(source)
          .map((one) => one.getMessageText());
        expect(errors, printed).toEqual([]);
        if (file === "validators.ts") continue;
        const allowed = (node: Node) =>
          Node.isImportDeclaration(node) ||
          Node.isExportDeclaration(node) ||
          Node.isInterfaceDeclaration(node) ||
          Node.isTypeAliasDeclaration(node) ||
          Node.isClassDeclaration(node) ||
          Node.isFunctionDeclaration(node) ||
          Node.isVariableStatement(node);
        expect(
          source
            .getStatements()
            .filter((node) => !allowed(node))
            .map((node) => node.getText()),
        ).toEqual([]);
      }
      const { dispatch } = contract.connections[0]?.toServer ?? {};
      const cases = typeof dispatch === "object" && dispatch?.by === "value" ? dispatch.cases.map(([tag]) => tag) : [];
      expect(cases).toEqual([`${value}1`, `${value}2`]);
    }),
    { numRuns: 60 },
  );
});
