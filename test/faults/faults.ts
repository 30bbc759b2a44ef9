/** The faults there are, and a peer's run through one. */
import type { Found } from "./all-peers.js";
import { type ClientKillResult, clientKill } from "./client-kill.js";
import { type HalfOpenResult, halfOpen } from "./half-open.js";
import { type HerdResult, herd } from "./herd.js";
import { kill } from "./kill.js";
import type { Plan } from "./plan.js";
import { stall } from "./stall.js";
import type { StreamResult } from "./stream.js";

export const FAULTS = ["kill", "stall", "client-kill", "herd", "half-open"] as const;

export type Fault = (typeof FAULTS)[number];

export type Outcome =
  | { readonly fault: "kill" | "stall"; readonly result: StreamResult }
  | { readonly fault: "client-kill"; readonly result: ClientKillResult }
  | { readonly fault: "herd"; readonly result: HerdResult }
  | { readonly fault: "half-open"; readonly result: HalfOpenResult };

export type Run = { readonly peer: string } & (Outcome | { readonly fault: Fault; readonly error: string });

/** Nothing where the fault is none for this peer. */
export async function run({ peer, at }: Found, fault: Fault, plan: Plan): Promise<Run | undefined> {
  if (fault === "client-kill" && !peer.durable) return undefined;
  try {
    return { peer: peer.name, ...(await outcome(at, fault, plan)) };
  } catch (error) {
    return { peer: peer.name, fault, error: String(error) };
  }
}

async function outcome(at: Found["at"], fault: Fault, plan: Plan): Promise<Outcome> {
  switch (fault) {
    case "kill":
      return { fault, result: await kill(at, plan) };
    case "stall":
      return { fault, result: await stall(at, plan) };
    case "client-kill":
      return { fault, result: await clientKill(at, plan) };
    case "herd":
      return { fault, result: await herd(at, plan) };
    case "half-open":
      return { fault, result: await halfOpen(at) };
  }
}
