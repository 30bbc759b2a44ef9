/**
 * The close codes this project uses or understands, with what each asks of a client.
 * 1000-1015: RFC 6455, section 7.4.1, and the IANA registry. 4000-4999: for applications.
 */
export const CloseCode = {
  normal: 1000,
  goingAway: 1001,
  protocolError: 1002,
  unsupportedData: 1003,
  noStatus: 1005,
  abnormal: 1006,
  invalidText: 1007,
  policyViolation: 1008,
  tooBig: 1009,
  internalError: 1011,
  serviceRestart: 1012,
  tryAgainLater: 1013,
  /** A frame against the subprotocol that was agreed on. */
  badProtocol: 4400,
  /** Not authorised; the close a browser sees where others see HTTP 401. */
  unauthorized: 4401,
  forbidden: 4403,
  /** The peer does not read what it is sent. */
  slowConsumer: 4408,
  /** Another connection has taken this one's session over. */
  takenOver: 4409,
  /** The two sides' contracts do not go together. */
  otherContract: 4426,
} as const;
