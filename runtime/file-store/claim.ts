/**
 * Who holds an outbox file: a process, told apart from a later one that was given the same number.
 */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";

export interface Claim {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the kernel's words; empty where the kernel does not tell. */
  readonly born: string;
  /** No two claims have the same. */
  readonly token: string;
}

export async function ownClaim(): Promise<Claim> {
  return { pid: process.pid, host: hostname(), born: await born(process.pid), token: randomUUID() };
}

/** False only where it is certain: of another machine (or container) nothing is known. */
export async function lives({ pid, host, born: then }: Claim): Promise<boolean> {
  if (host !== hostname()) return true;
  if (!runs(pid)) return false;
  // In a container the first process is number 1 every time; and numbers come round anywhere.
  const now = await born(pid);
  return now === "" || then === "" || now === then;
}

function runs(pid: number): boolean {
  if (!(pid > 0)) return false; // 0 and less are groups of processes
  try {
    process.kill(pid, 0); // asks only
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH"; // EPERM: somebody else's. Node throws nothing else here
  }
}

/** proc(5): of `/proc/<pid>/stat`, after the name in brackets, the 1st field is the state and the 20th the start, since boot. */
async function born(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "latin1");
    return fields[0] === "Z" ? "dead, and not yet buried" : `${boot.trim()} ${fields[19]}`;
  } catch {
    return ""; // not Linux, or hidden
  }
}
