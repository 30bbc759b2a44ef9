/**
 * The generator as functions.
 */
export { type Config, type ContractConfig, defineConfig } from "./config/config.js";
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
export { InputError, type Level, type Levels, type Problem, type Severity } from "./problem.js";
export type { RoutesOptions, RoutesPlan } from "./routes/plan.js";
export type { RuleId } from "./rules/rules.js";
