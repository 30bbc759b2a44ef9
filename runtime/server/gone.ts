/** How a connection ended: a close code (see `CloseCode`) and the reason given with it, often empty. */
export interface Gone {
  readonly code: number;
  readonly reason: string;
}
