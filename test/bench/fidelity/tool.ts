/** Something that makes a type or a validator (or both) of a schema. */
import type { Draft } from "./drafts.js";
import type { Json } from "./json.js";
import type { Remote } from "./remotes.js";

export interface Tool {
  make(schema: Json, about: About): Promise<Made>;
}

export interface About {
  readonly draft: Draft;
  readonly dialect: string;
  readonly remote: Remote;
}

export interface Made {
  /** One module, and the exported type that is the schema's. */
  readonly types?: { readonly code: string; readonly root: string };
  readonly validate?: (value: Json) => boolean;
  /** Why there is no validator, where there are types. */
  readonly unusable?: string;
  /** What took time, where it is not all of `make`. */
  readonly milliseconds?: number;
}
