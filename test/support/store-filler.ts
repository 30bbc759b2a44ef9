/**
 * A process that may not make files longer than the shell that started it allows (`ulimit -f`): it keeps messages until
 * that is refused, and says what was kept and what was not: `store-filler.ts <path>`.
 */
import { fileStore } from "../../runtime/file-store/index.js";

const store = fileStore(process.argv[2] ?? "");
await store.open();
const kept: string[] = [];
const message = (n: number, length: number) => ({
  id: `s.${n}`,
  action: "say",
  asks: false,
  frame: "x".repeat(length),
});
let refused = "";
for (let n = 1; refused === ""; n++) {
  await store.write([message(n, 5_000)], []).then(
    () => kept.push(`s.${n}`),
    (error: NodeJS.ErrnoException) => {
      refused = `s.${n} ${error.code}`;
    },
  );
}
// What is short still fits, behind what was taken back.
await store.write([message(1_000, 10)], ["s.1"]);
process.stdout.write(JSON.stringify({ kept, refused }));
