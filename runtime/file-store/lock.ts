/**
 * One process at a time: a file beside the outbox's that names its holder, `<path>.lock`.
 */
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { type Claim, lives, ownClaim } from "./claim.js";

/** Takes the lock, and answers with how to let go of it. Throws what `refusal` makes where another process has it. */
export async function takeLock(file: string, refusal: (holder: Claim) => Error): Promise<() => Promise<void>> {
  const own = await ownClaim();
  await acquire(file, own, refusal);
  return async () => {
    if ((await holderOf(file))?.token === own.token) await rm(file, { force: true });
  };
}

/**
 * A claim is written aside and linked into place, so that nobody ever reads half a claim, and so that only one of two
 * wins. A dead process's claim may be replaced by whoever holds a lock named after that claim: of several that find it
 * dead, none can put aside the claim of one that was faster.
 */
async function acquire(file: string, own: Claim, refusal: (holder: Claim) => Error): Promise<void> {
  const draft = `${file}.${own.token}`;
  await writeFile(draft, JSON.stringify(own), { flag: "wx", mode: 0o600 });
  try {
    while (!(await placed(draft, file))) {
      const holder = await holderOf(file);
      if (holder === undefined) continue; // let go of just now
      if (await lives(holder)) throw refusal(holder);
      const right = `${file}.after-${holder.token}`;
      await acquire(right, own, refusal);
      try {
        if ((await holderOf(file))?.token !== holder.token) continue;
        await rename(draft, file);
        return;
      } finally {
        await rm(right, { force: true });
      }
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function placed(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

async function holderOf(file: string): Promise<Claim | undefined> {
  try {
    return parsed(await readFile(file, "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** What is no claim was one, before the machine lost its power: nobody alive has it. */
function parsed(text: string): Claim {
  try {
    const { pid, host, born, token }: Partial<Record<keyof Claim, unknown>> = JSON.parse(text);
    return { pid: Number(pid), host: String(host), born: String(born), token: String(token).replace(/[^\w-]/g, "") };
  } catch {
    return { pid: 0, host: hostname(), born: "", token: "unreadable" };
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
