// GraphiQL with the explorer, and the registered documents as tabs.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./page.css";

import { explorerPlugin } from "@graphiql/plugin-explorer";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

import { given } from "../given";
import { storage } from "./storage";

interface Given {
  examples: { name: string; text: string; variables: Record<string, string> }[];
}

const { examples } = given<Given>();

createRoot(document.getElementById("graphiql")!).render(
  createElement(GraphiQL, {
    // Over the socket the headers of the editor go into the payload of connection_init.
    fetcher: createGraphiQLFetcher({
      url: "/graphql",
      subscriptionUrl: `${location.origin.replace(/^http/, "ws")}/graphql`,
    }),
    defaultTabs: examples.map(({ text, variables }) => ({
      query: text,
      variables: JSON.stringify(variables, null, 2),
    })),
    plugins: [HISTORY_PLUGIN, explorerPlugin()],
    // Headers hold bearer tokens: they are forgotten with the page.
    shouldPersistHeaders: false,
    showPersistHeadersSettings: false,
    storage,
  }),
);
