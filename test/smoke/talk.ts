/**
 * Everything that can be said on a connection, said in its direction: it must arrive at its door, equal to what was sent.
 */
import type { Action, Connection, Contract, Direction } from "../../generator/contract.js";
import { type Mailbox, same } from "./mailbox.js";
import { type Payload, Samples } from "./samples.js";
import { call, type Stage, stage } from "./stage.js";

/** What was said of a document's messages, and what came of it. */
export interface Report {
  messages: number;
  /** Messages that have a door of their own. */
  own: number;
  unions: number;
  sent: number;
  arrived: number;
  requests: number;
  answered: number;
  /** Messages without a sample that fits, by name, each with the reason. */
  readonly unsampled: string[];
  /** What did not arrive as it should have, in sentences. */
  readonly failures: string[];
}

/** Lets every connection of a contract, generated into the folder, say all it can. */
export async function talk(contract: Contract, generated: string): Promise<Report> {
  const report: Report = {
    messages: 0,
    own: 0,
    unions: 0,
    sent: 0,
    arrived: 0,
    requests: 0,
    answered: 0,
    unsampled: [],
    failures: [],
  };
  const samples = new Samples(contract);
  for (const connection of contract.connections) {
    try {
      const here = await stage(generated, connection, samples);
      await say(connection.toServer, here.client, here.toServer, samples, report, here, connection);
      await say(connection.toClient, here.sender, here.toClient, samples, report);
      await here.close();
    } catch (error) {
      report.failures.push(`${connection.names.client}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return report;
}

async function say(
  direction: Direction,
  speaker: object,
  mailbox: Mailbox,
  samples: Samples,
  report: Report,
  asked?: Stage,
  connection?: Connection,
): Promise<void> {
  report.unions += direction.unions.length;
  for (const action of direction.actions) {
    report.messages++;
    if (!action.grouped) report.own++;
    const replies = asked && connection ? repliesTo(action, connection, samples) : undefined;
    const payloads = replies?.length === 0 ? [] : samples.of(action); // unanswered, a server would hang up
    if (replies?.length === 0) report.unsampled.push(`${action.id}: no reply to it has a sample`);
    else if (payloads.length === 0) report.unsampled.push(`${action.id}: ${samples.why(action.payload)}`);
    const doors = [
      action.id,
      ...direction.unions.filter(({ members }) => members.includes(action.id)).map(({ id }) => id),
    ];
    for (const payload of payloads) {
      if (asked) asked.reply = replies?.[0];
      report.sent++;
      const what = await mailbox.after(() => call(speaker, action.names.send, ...argumentsOf(action, payload)));
      const failure = typeof what === "string" ? what : wrong(action, payload, what.door, what.payload, doors);
      if (failure === undefined) report.arrived++;
      else report.failures.push(`${action.id}: ${failure}, of ${JSON.stringify(payload)?.slice(0, 200)}`);
      if (asked && action.names.request !== undefined) await ask(action, payload, asked, report);
    }
  }
}

async function ask(action: Action, payload: Payload, { client, reply }: Stage, report: Report): Promise<void> {
  report.requests++;
  try {
    const answer = await call(client, action.names.request ?? "", ...argumentsOf(action, payload));
    const { reply: declared } = action;
    const hidden = declared?.by === "field" ? [declared.reply] : [];
    if (same(without(answer, hidden), without(reply, hidden))) report.answered++;
    else report.failures.push(`${action.id}: answered with ${JSON.stringify(answer)}, not ${JSON.stringify(reply)}`);
  } catch (error) {
    report.failures.push(`${action.id}: not answered: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What may be answered; undefined where nothing is. */
function repliesTo({ reply }: Action, { toClient }: Connection, samples: Samples): readonly Payload[] | undefined {
  if (!reply) return undefined;
  if (reply.by === "id") return samples.ofType(reply.types[0]);
  const alike = toClient.unions.filter(({ id }) => reply.actions.includes(id)).flatMap(({ members }) => members);
  const possible = new Set([...reply.actions, ...alike]);
  return toClient.actions.filter(({ id }) => possible.has(id)).flatMap((action) => samples.of(action));
}

/** Labels are put in by generated code, and are left to it. */
function argumentsOf({ bare, labels }: Action, payload: Payload): Payload[] {
  if (bare) return [];
  return [
    labels.length > 0
      ? (without(
          payload,
          labels.map(({ key }) => [key]),
        ) as Payload)
      : payload,
  ]; // fewer members of a payload
}

/** Why an arrival is not as it should be. */
function wrong(
  action: Action,
  sent: Payload,
  door: string,
  payload: unknown,
  doors: readonly string[],
): string | undefined {
  if (!doors.includes(door)) return `arrived at ${door}`;
  const hidden = action.reply?.by === "field" ? [action.reply.request] : [];
  if (same(without(payload, hidden), without(sent, hidden))) return undefined;
  return `arrived as ${JSON.stringify(payload)}`;
}

/** The same without the members at these paths. */
function without(value: unknown, paths: readonly (readonly string[])[]): unknown {
  return paths.reduce<unknown>((rest, [first, ...more]) => {
    if (typeof rest !== "object" || rest === null || Array.isArray(rest) || first === undefined) return rest;
    const { [first]: found, ...others } = rest as Record<string, unknown>; // an object, as just checked
    return more.length === 0 || found === undefined ? others : { ...others, [first]: without(found, [more]) };
  }, value);
}
