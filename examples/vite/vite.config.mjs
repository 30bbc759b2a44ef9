import actionwire from "actionwire/plugin";
import { defineConfig } from "vite";

export default defineConfig({ plugins: [actionwire.vite()] });
