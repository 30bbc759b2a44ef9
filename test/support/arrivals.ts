/**
 * Where frames arrive: a contract's decision tree, asked by the runtime with the validators printed for it.
 */
import { type Contract, emit } from "../../generator/index.js";
import { routers } from "../../runtime/dispatch.js";
import { runPrinted } from "./printed.js";

/** The door each frame comes to; undefined where it fits none. */
export async function arrivals(
  contract: Contract,
  way: "toServer" | "toClient",
  frames: readonly unknown[],
): Promise<(string | undefined)[]> {
  const direction = contract.connections[0]?.[way];
  if (!direction) throw new Error("the document has no connection");
  const validators = await runPrinted((await emit(contract)).get("validators.ts") ?? "");
  const checkedBy = new Map(direction.actions.map(({ id, payload, accepts }) => [id, accepts ?? payload]));
  const route = routers(direction.dispatch, (id, value) => validators[checkedBy.get(id) ?? ""]?.(value) ?? false);
  return frames.map((frame) => route.json(frame));
}
