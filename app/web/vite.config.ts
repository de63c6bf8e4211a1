import { defineConfig } from "vite";

// Pages are served by app/http/pages.py, their files below /web/assets.
export default defineConfig({
  base: "/web/",
  build: {
    assetsInlineLimit: 0, // the pages' policy allows no data: addresses
    chunkSizeWarningLimit: 5000, // Monaco is what it is; nobody waits for it but developers
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["graphiql", "preview", "shop", "clerk"].map((page) => `app/web/${page}.html`) },
    sourcemap: false,
    target: "es2022",
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
});
