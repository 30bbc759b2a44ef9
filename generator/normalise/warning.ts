/** Something a schema says that its validator does not check. */
export interface Warning {
  /** The name of the type. */
  readonly type: string;
  /** Pointer into its schema. */
  readonly path: string;
  readonly message: string;
}
