/**
 * Two contracts meet: both sides are told where they differ, and the client is sent away where they cannot go together.
 */
import { CloseCode } from "../../close-codes.js";
import { contractFit } from "../../session/contract-fit.js";
import type { Contract } from "../../session/generated/types.js";
import type { Peer } from "../peer.js";
import type { Sessions } from "./sessions.js";

/** Whether they go on. */
export function meet({ contract, refusedContracts, told }: Sessions, theirs: Contract, peer: Peer): boolean {
  const fit = contractFit(contract, theirs, refusedContracts);
  if (fit !== "same") told.contract({ mine: contract, theirs, refused: fit === "refused" });
  if (fit !== "refused") return true;
  const [there, here] = [theirs, contract].map(({ version }) => version.slice(0, 20));
  peer.close(CloseCode.otherContract, `version ${there} of the contract is not spoken here; ${here} is`);
  return false;
}
