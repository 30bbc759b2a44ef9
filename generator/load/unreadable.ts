/**
 * Why an address gives no text.
 */
import type { RuleId } from "../rules/rules.js";

export class Unreadable extends Error {
  override readonly name = "Unreadable";
  readonly rule: RuleId;
  readonly hint: string | undefined;
  /** What could be read, and how far into it something could not be; where it is only a part that cannot. */
  readonly spoilt: Spoilt | undefined;

  constructor(rule: RuleId, message: string, hint?: string, spoilt?: Spoilt) {
    super(message);
    this.rule = rule;
    this.hint = hint;
    this.spoilt = spoilt;
  }
}

/** A text in which marks stand for what is none. */
export interface Spoilt {
  readonly text: string;
  readonly offset: number;
}
