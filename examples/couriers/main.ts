/**
 * Nothing is lost and nothing comes twice: sixty parcels are handed over, while first the server and then the phone is
 * killed in the middle (`kill -9`), and each comes back.
 */
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Book } from "./book.js";

const PARCELS = 60;
const folder = mkdtempSync(join(tmpdir(), "couriers-"));
const env = {
  ...process.env,
  BOOK: join(folder, "parcels.txt"),
  STORE: join(folder, "outbox"),
  PORT: await freePort(),
};

let server = await start("server");
let phone = await start("phone");
for (let parcel = 1; parcel <= PARCELS; parcel++) {
  const kept = said(phone, parcel);
  phone.send(parcel);
  await kept; // from here on it survives the phone
  if (parcel === 12) {
    await kill(server);
    console.log("the server is killed, and the phone goes on");
  }
  if (parcel === 28) {
    server = await start("server");
    console.log("the server is back");
  }
  if (parcel === 40) {
    await kill(phone);
    phone = await start("phone");
    console.log("the phone is killed, and back");
  }
}
const finished = new Promise((done) => phone.once("exit", done));
phone.send("enough");
await finished;
await kill(server);

const { parcels } = new Book(env.BOOK);
const each = parcels.length === PARCELS && parcels.every((parcel, index) => parcel === index + 1);
console.log(
  `${parcels.length} parcels are in the book${each ? ": each of them, once, in order" : ` WRONGLY: ${parcels}`}`,
);
rmSync(folder, { recursive: true });
process.exitCode = each ? 0 : 1;

async function start(program: "server" | "phone"): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(`${program}.js`, import.meta.url)), { env });
  await said(child, "ready");
  return child;
}

/** Resolves when a process says this. */
function said(child: ChildProcess, what: unknown): Promise<void> {
  return new Promise((heard) => {
    const hear = (message: unknown): void => {
      if (message !== what) return;
      child.off("message", hear);
      heard();
    };
    child.on("message", hear);
  });
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once("exit", done));
  child.kill("SIGKILL");
  await gone;
}

async function freePort(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, "127.0.0.1", ready));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  return String(typeof address === "object" && address ? address.port : 0);
}
