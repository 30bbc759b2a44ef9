/** The runs as their reader wants them in a terminal: a table for each fault. */
import { columns } from "../corpus/columns.js";
import { FAULTS, type Fault, type Outcome, type Run } from "./faults.js";
import type { Noticed } from "./half-open.js";
import type { Plan } from "./plan.js";
import type { Returned } from "./returns.js";

type Cells = readonly (string | number)[];

export function printed(runs: readonly Run[], plan: Plan): string {
  return FAULTS.filter((fault) => runs.some((run) => run.fault === fault))
    .map((fault) => table(fault, runs, plan))
    .join("\n\n");
}

function table(fault: Fault, all: readonly Run[], plan: Plan): string {
  const runs = all.filter((run) => run.fault === fault);
  const rows = runs.flatMap((run) => ("error" in run ? [] : [[run.peer, ...cells(run)]]));
  const errors = runs.flatMap((run) => ("error" in run ? [`${run.peer}: ${run.error}`] : []));
  const tables = [columns([head(fault), [], ...rows]), ...(fault === "herd" ? [spread(runs)] : [])];
  return [title(fault, plan), ...tables, ...errors, ...uncaught(runs)].join("\n");
}

function title(fault: Fault, { rate, seconds, clients }: Plan): string {
  const stream = `${rate} messages/s for ${seconds} s`;
  switch (fault) {
    case "kill":
      return `kill: ${stream}, the server killed twice and back after 1 s`;
    case "stall":
      return `stall: ${stream}, the link silent for 2 s twice and then reset`;
    case "client-kill":
      return `client-kill: ${stream}, the client killed twice and back after 0.5 s`;
    case "herd":
      return `herd: ${clients} clients with a message every 2 s each, the server ended once and killed once`;
    case "half-open":
      return "half-open: the link silent for good; ms until noticed, and until the application was told";
  }
}

const COUNTS = ["sent", "lost", "silently", "accepted, lost", "dup", "same id", "reordered", "failed, arrived"];

function head(fault: Fault): Cells {
  switch (fault) {
    case "kill":
    case "stall":
      return ["", ...COUNTS, "first again ms", "MB", "uncaught"];
    case "client-kill":
      return ["", "sent", "durable", "durable, lost", "other lost", "dup", "same id", "reordered", "failed, arrived"];
    case "herd":
      return ["", ...COUNTS, "clients hurt", "uncaught"];
    case "half-open":
      return ["", "sending 1/s", "told", "idle", "told"];
  }
}

function cells({ fault, result }: Outcome): Cells {
  switch (fault) {
    case "kill":
    case "stall": {
      const again = result.firstAgain.map((time) => milliseconds(time)).join(" ");
      return [...counts(result), again, result.megabytes, result.uncaught.length];
    }
    case "client-kill":
      return [
        result.sent,
        result.durable,
        result.durableLost,
        result.otherLost,
        result.duplicated,
        result.duplicatedWithSameId,
        result.outOfOrder,
        result.failedButArrived,
      ];
    case "herd":
      return [...counts(result), result.clientsHurt, result.uncaught.length];
    case "half-open":
      return [...noticed(result.sending), ...noticed(result.idle)];
  }
}

function counts(result: Extract<Outcome, { fault: "kill" | "stall" | "herd" }>["result"]): Cells {
  return [
    result.sent,
    result.lost,
    result.silentlyLost,
    result.acceptedAndLost,
    result.duplicated,
    result.duplicatedWithSameId,
    result.outOfOrder,
    result.failedButArrived,
  ];
}

/** How the clients of a herd came back. */
function spread(runs: readonly Run[]): string {
  const returns = (how: string): Cells => [`back, ${how}`, "all after ms", "connections", "peak/100 ms", "mean"];
  const rows = runs.flatMap((run) =>
    "result" in run && run.fault === "herd"
      ? [[run.peer, ...back(run.result.graceful), ...back(run.result.killed)]]
      : [],
  );
  return columns([["", ...returns("ended"), ...returns("killed")], [], ...rows]);
}

function back({ clients, all, connections, peak, mean }: Returned): Cells {
  return [clients, milliseconds(all), connections, peak, mean.toFixed(1)];
}

function noticed({ library, application }: Noticed): Cells {
  return [milliseconds(library), milliseconds(application)];
}

function milliseconds(time: number | undefined): string {
  return time === undefined ? "never" : time.toFixed(0);
}

/** The first error that nobody caught, of each run that had one. */
function uncaught(runs: readonly Run[]): string[] {
  return runs.flatMap((run) => {
    const first = "result" in run && "uncaught" in run.result ? run.result.uncaught[0] : undefined;
    return first === undefined ? [] : [`${run.peer}, uncaught: ${first}`];
  });
}
