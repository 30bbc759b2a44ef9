/**
 * TypeScript's parser, as ts-morph brings it: the one place that names it. Heavy, and loaded only where a routes file exists.
 */
export { ts } from "ts-morph";
