/** Checks what it is sent, beside the process that makes it. */
import { check, type Item } from "./checking.js";

process.on("message", (items: Item[]) => process.send?.(check(items)));
process.send?.({ ready: true });
