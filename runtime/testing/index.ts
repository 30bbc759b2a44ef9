/**
 * `@actionwire/runtime/testing`: what this project tests its clients with, for the tests of applications.
 */
export { type AdversaryOptions, adversary } from "./adversary.js";
export { type FakeClock, fakeClock } from "./clock.js";
export { type FakeLifecycle, fakeLifecycle } from "./lifecycle.js";
export { type MemoryDial, type MemoryNetwork, type MemoryNetworkOptions, memoryNetwork } from "./network.js";
export { MemoryPeer } from "./peer.js";
export { seededRandom } from "./random.js";
