/** The drafts of JSON Schema, by the names that the suite gives their folders. */
export const DRAFTS = ["draft4", "draft6", "draft7", "draft2019-09", "draft2020-12"] as const;
export type Draft = (typeof DRAFTS)[number];

/** What the tables are about; the older two are shown for ours. */
export const HEADLINE: readonly Draft[] = ["draft7", "draft2019-09", "draft2020-12"];

export const DIALECTS: Readonly<Record<Draft, string>> = {
  draft4: "http://json-schema.org/draft-04/schema#",
  draft6: "http://json-schema.org/draft-06/schema#",
  draft7: "http://json-schema.org/draft-07/schema#",
  "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
  "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
};

/** Whether `$ref` hides what stands beside it. */
export function isOld(draft: Draft): boolean {
  return draft === "draft4" || draft === "draft6" || draft === "draft7";
}

export function hasConditions(draft: Draft): boolean {
  return draft !== "draft4" && draft !== "draft6";
}

export function draftCalled(name: string): Draft | undefined {
  return DRAFTS.find((draft) => draft === name);
}

/** The draft that a schema says it is written in; AsyncAPI's where it says nothing. */
export function draftOf(schema: unknown): Draft {
  const said = schema !== null && typeof schema === "object" && "$schema" in schema ? String(schema.$schema) : "";
  return (
    DRAFTS.find((draft) => said.includes(draft.replace(/^draft(\d)$/, "draft-0$1").replace("draft20", "draft/20"))) ??
    "draft7"
  );
}
