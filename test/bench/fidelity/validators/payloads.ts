/** Two messages, of about 200 bytes and 2 KB; each with a value that is wrong at its end. */
import type { Json, Members } from "../json.js";

export interface Payload {
  readonly name: string;
  readonly schema: Json;
  readonly valid: Json;
  readonly invalid: Json;
}

const $schema = "http://json-schema.org/draft-07/schema#";
const text = (more: Members = {}): Json => ({ type: "string", ...more });
const object = (required: readonly string[], properties: Members, more: Members = {}): Members => {
  return { type: "object", required, properties, ...more };
};
const closed = { additionalProperties: false };

const order = {
  orderId: "0b6f1c1e-3c58-4b5e-9d0e-1f2a3b4c5d6e",
  customerId: "cust-000123",
  amount: 129.95,
  currency: "EUR",
  createdAt: "2026-01-02T03:04:05Z",
  express: true,
  tags: ["new", "web", "gift"],
};

const small: Payload = {
  name: "small",
  schema: {
    $schema,
    ...object(
      ["orderId", "customerId", "amount", "currency", "createdAt"],
      {
        orderId: text({ minLength: 1 }),
        customerId: text({ minLength: 1, maxLength: 64 }),
        amount: { type: "number", minimum: 0 },
        currency: { enum: ["EUR", "USD", "GBP", "JPY"] },
        createdAt: text(),
        express: { type: "boolean" },
        tags: { type: "array", items: text() },
      },
      closed,
    ),
  },
  valid: order,
  invalid: { ...order, amount: "129.95" },
};

const card = object(["kind", "last4"], { kind: { const: "card" }, last4: text({ pattern: "^[0-9]{4}$" }) });
const sepa = object(["kind", "iban"], { kind: { const: "sepa" }, iban: text() });
const loyalty = object(["tier", "points"], {
  tier: { enum: ["silver", "gold"] },
  points: { type: "integer", minimum: 0 },
});

const definitions = {
  money: object(
    ["amount", "currency"],
    { amount: { type: "number" }, currency: text({ minLength: 3, maxLength: 3 }) },
    closed,
  ),
  address: object(
    ["street", "city", "zip", "country"],
    {
      street: text(),
      city: text(),
      zip: text({ pattern: "^[0-9A-Z -]{3,10}$" }),
      country: text({ minLength: 2, maxLength: 2 }),
      note: { type: ["string", "null"] },
    },
    closed,
  ),
  line: object(["sku", "qty", "price"], {
    sku: text({ minLength: 1 }),
    name: text(),
    qty: { type: "integer", minimum: 1 },
    price: { $ref: "#/definitions/money" },
    attributes: { type: "object", additionalProperties: { type: ["string", "number", "boolean"] } },
  }),
};

const lines = (price: Json): Json[] =>
  Array.from({ length: 11 }, (_, index) => ({
    sku: `SKU-${1000 + index}`,
    name: `Article number ${index}`,
    qty: 1 + (index % 3),
    price: { amount: index === 10 ? price : 9.5 + index, currency: "EUR" },
    attributes: { color: "red", weight: 1.5, gift: false },
  }));

const event = (price: Json): Members => ({
  meta: {
    id: "e-1",
    type: "order.created",
    version: 2,
    trace: { traceparent: "00-0af7651916cd43dd-01", tenant: "acme" },
  },
  order: {
    id: "o-77",
    total: { amount: 412.5, currency: "EUR" },
    status: "new",
    createdAt: "2026-01-02T03:04:05Z",
    shipTo: { street: "Main St 1", city: "Berlin", zip: "10115", country: "DE", note: null },
    billTo: { street: "Side St 2", city: "Hamburg", zip: "20095", country: "DE", note: "ring twice" },
  },
  customer: { id: "c-9", email: "a.person@example.com", loyalty: { tier: "gold", points: 1200 } },
  items: lines(price),
  payment: { kind: "sepa", iban: "DE89370400440532013000" },
});

const large: Payload = {
  name: "large",
  schema: {
    $schema,
    ...object(["meta", "order", "customer", "items"], {
      meta: object(["id", "type", "version"], {
        id: text(),
        type: { const: "order.created" },
        version: { type: "integer", minimum: 1 },
        trace: { type: "object", additionalProperties: text() },
      }),
      order: object(["id", "total", "status"], {
        id: text(),
        total: { $ref: "#/definitions/money" },
        status: { enum: ["new", "paid", "shipped", "cancelled"] },
        createdAt: text(),
        shipTo: { $ref: "#/definitions/address" },
        billTo: { $ref: "#/definitions/address" },
      }),
      customer: object(["id", "email"], {
        id: text(),
        email: text({ maxLength: 254 }),
        loyalty: { oneOf: [{ type: "null" }, loyalty] },
      }),
      items: { type: "array", minItems: 1, maxItems: 200, items: { $ref: "#/definitions/line" } },
      payment: { oneOf: [card, sepa] },
    }),
    definitions,
  },
  valid: event(19.5),
  invalid: event("x"),
};

export const PAYLOADS: readonly Payload[] = [small, large];
