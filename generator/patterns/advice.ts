/** What a warning says of a pattern that is slow (rule "slow-pattern"). */
import { type Flags, obstacleOf } from "./program.js";
import { type Risk, riskOf } from "./risk.js";

/** Characters of a pattern that are shown. */
const SHOWN = 100;

/** What JavaScript's engine takes; a cube of a thousand characters is most of a second, a square of them nothing. */
const TIME: Readonly<Record<Risk, string>> = {
  exponential: "exponential time",
  polynomial: "time that grows with the square of the length, or faster,",
};

/** The bound that makes it harmless. */
const BOUND: Readonly<Record<Risk, string>> = {
  exponential: 'only a "maxLength" of about 20 makes it safe, or another pattern',
  polynomial: 'a "maxLength" of a few hundred makes it safe',
};

/** Undefined where nothing is wrong with it. */
export async function adviceFor(pattern: string, flags: Flags): Promise<string | undefined> {
  const risk = await riskOf(pattern, flags);
  if (!risk) return undefined;
  const shown = pattern.length > SHOWN ? `${pattern.slice(0, SHOWN)}…` : pattern;
  const takes = `"${shown}" can take ${TIME[risk]} on a hostile text`;
  const obstacle = await obstacleOf(pattern, flags);
  if (obstacle === undefined) return `${takes}; it is matched in linear time instead`;
  return `${takes}, and cannot be matched in linear time (${obstacle}); ${BOUND[risk]}`;
}
