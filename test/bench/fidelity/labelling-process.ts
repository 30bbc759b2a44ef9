/** Labels the cases it is sent, beside the processes that try tools on them. */
import type { Asked, Subject } from "./case.js";
import { label } from "./label.js";

process.once("message", async (cases: readonly Subject<Asked>[]) => process.send?.(await label(cases)));
