/**
 * The generator as functions.
 */
export type * from "./contract.js";
export {
  type ContractOptions,
  type ContractRead,
  emit,
  type Generated,
  type GenerateOptions,
  generate,
  readContract,
} from "./generate.js";
export type { Channels, Errors, Formats, ReplyOption } from "./options.js";
export { InputError, type Problem, type Severity } from "./problem.js";
export type { RoutesOptions, RoutesPlan } from "./routes/plan.js";
