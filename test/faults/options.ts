/** The command line. */
import { parseArgs } from "node:util";
import { FAULTS, type Fault } from "./faults.js";
import type { Plan } from "./plan.js";

export interface Options extends Plan {
  /** Names of peers; all when there is none. */
  readonly only: readonly string[];
  readonly faults: readonly Fault[];
  readonly json: boolean;
}

export function options(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", default: "" },
      faults: { type: "string", default: "kill,stall" },
      seconds: { type: "string", default: "10" },
      rate: { type: "string", default: "2000" },
      clients: { type: "string", default: "1000" },
      json: { type: "boolean", default: false },
    },
  });
  return {
    only: list(values.only),
    faults: list(values.faults).map(fault),
    seconds: positive("--seconds", values.seconds, 60), // with the most of messages a second, less than a client's numbers
    rate: positive("--rate", values.rate, 15_000),
    clients: positive("--clients", values.clients, 10_000),
    json: values.json,
  };
}

function list(text: string): string[] {
  return text.split(",").filter((name) => name !== "");
}

function fault(name: string): Fault {
  const found = FAULTS.find((one) => one === name);
  if (!found) throw new Error(`--faults: "${name}" is none of ${FAULTS.join(", ")}`);
  return found;
}

function positive(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!(value > 0 && value <= most)) throw new Error(`${name}: "${text}" is not a number from 0 to ${most}`);
  return value;
}
