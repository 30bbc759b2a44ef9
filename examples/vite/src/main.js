// ./generated is made by the plugin, whenever ../../tiny/tiny.yaml changes: it is not checked in.
import { tiny } from "./generated/index.js";

document.querySelector("output").textContent = Object.keys(tiny.toServer.actions).join(", ");
