// GraphiQL with the explorer, and the registered documents as tabs.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./page.css";

import { explorerPlugin } from "@graphiql/plugin-explorer";
import { createGraphiQLFetcher, type Fetcher } from "@graphiql/toolkit";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { getOperationAST } from "graphql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

import { given } from "../given";
import { fetchSigned, settle, signedHeaders } from "../session";
import { SIGN_IN_PLUGIN } from "./sign-in";
import { storage } from "./storage";

interface Given {
  examples: { name: string; text: string; variables: Record<string, string> }[];
}

const { examples } = given<Given>();

const ask = createGraphiQLFetcher({
  url: "/graphql",
  fetch: fetchSigned,
  subscriptionUrl: `${location.origin.replace(/^http/, "ws")}/graphql`,
});

const fetcher: Fetcher = async (asked, options) => {
  const document = options?.documentAST;
  if (!document || getOperationAST(document, asked.operationName)?.operation !== "subscription") {
    return ask(asked, options);
  }
  await settle();
  // over the socket headers go into the payload of connection_init
  return ask(asked, { ...options, headers: signedHeaders(options?.headers) });
};

createRoot(document.getElementById("graphiql")!).render(
  createElement(GraphiQL, {
    fetcher,
    defaultTabs: examples.map(({ text, variables }) => ({
      query: text,
      variables: JSON.stringify(variables, null, 2),
    })),
    plugins: [SIGN_IN_PLUGIN, HISTORY_PLUGIN, explorerPlugin()],
    // Headers hold bearer tokens: they are forgotten with the page.
    shouldPersistHeaders: false,
    showPersistHeadersSettings: false,
    storage,
  }),
);
