/** What is true of every instance: whether it is valid, why, and whether a type could tell. */
import type { Asked, Instance, Subject } from "./case.js";
import { DRAFTS, type Draft } from "./drafts.js";
import { withImpliedTypes } from "./implied.js";
import { isMembers, type Json } from "./json.js";
import { Oracle, type Rewriting, type Verdict } from "./oracle.js";
import type { Tier } from "./relax/context.js";
import { relax } from "./relax/relax.js";

export interface Labelled {
  readonly cases: readonly Subject[];
  /** Cases whose schema the oracle cannot judge, so that only the suite's own words count there. */
  readonly unjudged: readonly string[];
  /** Valid instances that a relaxed schema rejects: mistakes of this bench or of the oracle. */
  readonly contradictions: readonly string[];
}

/** The oracle itself is wrong on these, whose invalid instances a type could tell; told by hand. */
const ORACLE_WRONG = /^draft[467]\/(?:ref#6|refRemote#5)$/;

type Told = { readonly [Name in Tier | "plain" | "implied"]?: Verdict };

export async function label(cases: readonly Subject<Asked>[]): Promise<Labelled> {
  const done = new Map<string, Subject>();
  const unjudged: string[] = [];
  const contradictions: string[] = [];
  for (const draft of DRAFTS) {
    const own = cases.filter((one) => one.draft === draft);
    const verdicts = await verdictsOf(own, draft);
    for (const one of own) {
      const told = trusted(one, verdicts.get(one.id) ?? {});
      if (!told.plain) unjudged.push(one.id);
      const instances = one.instances.map((instance) => instanceOf(instance, one, told));
      done.set(one.id, { ...one, instances });
      for (const { valid, description, data } of instances) {
        const wrong =
          valid && told.plain && (["core", "extended"] as const).find((tier) => told[tier]?.(data) === false);
        if (wrong) contradictions.push(`${one.id}, ${wrong}: ${description}`);
      }
    }
  }
  return { cases: cases.flatMap(({ id }) => done.get(id) ?? []), unjudged, contradictions };
}

/** The oracle's four answers to each schema: one after the other, as it knows one reading of the remotes at a time. */
async function verdictsOf(cases: readonly Subject<Asked>[], draft: Draft): Promise<Map<string, Told>> {
  const told = new Map<string, Told>();
  if (cases.length === 0) return told;
  const address = (url: string): string => url.replace(/^(https?):\/\/json-schema\.org\//, "$1://relaxed.test/");
  const relaxation = (tier: Tier): Rewriting => ({
    schema: (schema, of) => relax(schema, of, tier, address),
    address,
  });
  const askAll = async (name: keyof Told, change: (schema: Json) => Json, rewriting?: Rewriting): Promise<void> => {
    const oracle = await Oracle.open(draft, rewriting);
    for (const { id, schema } of cases) {
      const verdict = await oracle.compile(change(schema)).then(careful, () => undefined);
      if (verdict) told.set(id, { ...told.get(id), [name]: verdict });
    }
    oracle.close();
  };
  await askAll("plain", (schema) => schema);
  const implied = (schema: Json, of: Draft): Json => inKnownDialect(withImpliedTypes(schema, of));
  await askAll("implied", (schema) => implied(schema, draft), { schema: implied, address });
  await askAll("core", (schema) => relax(schema, draft, "core", address), relaxation("core"));
  await askAll("extended", (schema) => relax(schema, draft, "extended", address), relaxation("extended"));
  return told;
}

/** In a dialect without types those that are implied would say nothing. */
function inKnownDialect(schema: Json): Json {
  if (!isMembers(schema) || !/^http:\/\/localhost/.test(String(schema["$schema"]))) return schema;
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== "$schema"));
}

/** Where the oracle fails at a value, nothing is said against it. */
function careful(verdict: Verdict): Verdict {
  return (value) => {
    try {
      return verdict(value);
    } catch {
      return true;
    }
  };
}

/** An oracle that contradicts the suite on a schema is not asked about it. */
function trusted({ instances }: Subject<Asked>, told: Told): Told {
  const { plain, ...others } = told;
  const agrees = plain && instances.every(({ data, valid }) => valid === undefined || plain(data) === valid);
  return agrees ? told : others;
}

function instanceOf({ valid: said, ...asked }: Asked, { id }: Subject<Asked>, told: Told): Instance {
  const { data } = asked;
  const valid = said ?? told.plain?.(data);
  if (valid === undefined)
    return { ...asked, unjudged: true, valid: false, implicit: false, core: false, extended: false };
  const tellable = (tier: Tier): boolean => !valid && (told[tier]?.(data) === false || ORACLE_WRONG.test(id));
  const implicit = valid && told.implied?.(data) === false;
  return { ...asked, valid, implicit, core: tellable("core"), extended: tellable("extended") };
}
